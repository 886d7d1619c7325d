// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// A timestamp service on the loopback interface: `openssl ts -reply` behind the JDK's HTTP server, with a
/// certificate authority of its own.
public final class TimestampServer implements AutoCloseable {
    private static final String CONFIGURATION = """
            [tsa]
            serial = serial
            default_policy = 1.3.6.1.4.1.99999.1
            signer_digest = sha256
            digests = %s
            ess_cert_id_alg = sha256
            clock_precision_digits = 3
            [req]
            distinguished_name = name
            [name]
            [authority]
            basicConstraints = critical, CA:TRUE
            keyUsage = critical, keyCertSign
            [service]
            basicConstraints = critical, CA:FALSE
            keyUsage = critical, digitalSignature
            extendedKeyUsage = critical, timeStamping
            """;

    /// Where the digest stands in our queries (RFC 3161, section 2.4.1).
    private static final int DIGEST_AT = 22;

    private static final int DIGEST_BYTES = 32;

    /// What is wrong with it.
    enum Fault {
        NONE,
        /// Its answers do not have the nonce of the query.
        NO_NONCE,
        /// It takes no SHA-256.
        REFUSING,
        /// It answers with something else.
        HTML
    }

    private final Path directory;
    private final HttpServer server;
    private Fault fault = Fault.NONE;

    private TimestampServer(Path directory, HttpServer server) {
        this.directory = directory;
        this.server = server;
    }

    /// Keys and certificates are made in this directory.
    public static TimestampServer in(Path directory) {
        try {
            Files.createDirectories(directory);
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var server = new TimestampServer(directory, http);
            Files.writeString(directory.resolve("ts.cnf"), CONFIGURATION.formatted("sha256"));
            Files.writeString(directory.resolve("refusing.cnf"), CONFIGURATION.formatted("sha512"));
            server.certificates();
            http.createContext("/", server::answer);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void fault(Fault fault) {
        this.fault = fault;
    }

    public String url() {
        return "http://127.0.0.1:%d/tsr".formatted(server.getAddress().getPort());
    }

    /// That of the certificate authority.
    public Path certificate() {
        return directory.resolve("authority.pem");
    }

    /// That of the service itself.
    Path ownCertificate() {
        return directory.resolve("service.pem");
    }

    private void certificates() {
        for (String name : List.of("authority", "service")) {
            openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out %s.key".formatted(name));
            openssl("req -new -config ts.cnf -key %s.key -subj /CN=Test-%s -out %s.csr".formatted(name, name, name));
        }
        String signing = "x509 -req -sha384 -days 30 -extfile ts.cnf ";
        openssl(signing + "-extensions authority -in authority.csr -signkey authority.key -out authority.pem");
        openssl(signing + "-extensions service -in service.csr -CA authority.pem -CAkey authority.key"
                + " -set_serial 2 -out service.pem");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Files.write(directory.resolve("query"), exchange.getRequestBody().readAllBytes());
            byte[] answer =
                    fault == Fault.HTML ? "<html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII) : reply();
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private byte[] reply() throws IOException {
        if (fault == Fault.NO_NONCE) {
            byte[] query = Files.readAllBytes(directory.resolve("query"));
            String digest = HexFormat.of().formatHex(query, DIGEST_AT, DIGEST_AT + DIGEST_BYTES);
            openssl("ts -query -digest %s -sha256 -cert -no_nonce -out query".formatted(digest));
        }
        Files.writeString(directory.resolve("serial"), "01\n");
        String configuration = fault == Fault.REFUSING ? "refusing.cnf" : "ts.cnf";
        openssl("ts -reply -config %s -section tsa -queryfile query -signer service.pem -inkey service.key -out reply"
                .formatted(configuration));
        return Files.readAllBytes(directory.resolve("reply"));
    }

    private void openssl(String line) {
        try {
            StockTool.require("openssl").run(directory, line.split(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
