// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import dev.chancery.interop.Office;
import dev.chancery.note.KeyName;
import dev.chancery.processes.RunningEnclave;
import dev.chancery.server.log.LogKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Two servers, one PostgreSQL, one enclave: each a process that can be killed and started again.
final class Cluster implements AutoCloseable {
    static final String ORIGIN = "log.test";

    private static final List<String> NAMES = List.of("one", "two");

    private final Office office;
    private final AtomicReferenceArray<RunningServer> servers = new AtomicReferenceArray<>(NAMES.size());
    private final AtomicInteger turn = new AtomicInteger();
    private final String token;
    private EmbeddedPostgres database;
    private RunningEnclave enclave;

    Cluster(Path root) throws IOException {
        this.office = Office.in(root);
        office.run("authority", "add", "build", "--format", "raw", "--requester", "token:ci")
                .assertStatus(0);
        this.database = startDatabase(0);
        this.enclave = startEnclave();
        LogKey.make(root.resolve("log.pem"), new SecureRandom());
        Path password = Files.writeString(root.resolve("db-password"), "postgres");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        for (String name : NAMES) {
            configure(name);
        }
        this.token = office.run("token", "add", "ci", "--scope", "sign:build", "--config", file(NAMES.getFirst()))
                .assertStatus(0)
                .output()
                .strip();
        for (int server = 0; server < NAMES.size(); server++) {
            servers.set(server, startServer(server));
        }
    }

    private EmbeddedPostgres startDatabase(int port) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(office.root().resolve("database"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setPGStartupWait(Duration.ofSeconds(60));
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private RunningEnclave startEnclave() throws IOException {
        Files.writeString(office.root().resolve("enclave.json"), """
                {"version": 1, "rules": "office/rules.json",
                 "keys": [{"provider": "file", "directory": "office/keys", "passphrase": "file:%s/office/passphrase"}],
                 "audit": {"file": "audit.jsonl", "copy_to_standard_output": false},
                 "doors": [{"kind": "request", "socket": "requests.sock", "vouchers": ["unix:%s"]}]}
                """.formatted(office.root(), RunningEnclave.ME));
        return RunningEnclave.start(office.environment(), office.root());
    }

    private void configure(String name) throws IOException {
        Path directory = Files.createDirectories(office.root().resolve(name));
        Files.writeString(directory.resolve("server.json"), """
                {"version": 1, "name": "%s", "http": {"port": 0},
                 "store": {"postgresql": "jdbc:postgresql://localhost:%d/postgres", "user": "postgres",
                    "password": "file:../db-password"},
                 "log": {"origin": "%s", "key": "../log.pem", "tiles": "../log"},
                 "enclaves": ["../requests.sock"], "keyring": "../office/keyring"}
                """.formatted(name, database.getPort(), ORIGIN));
    }

    private String file(String name) {
        return office.root().resolve(name).resolve("server.json").toString();
    }

    private RunningServer startServer(int server) throws IOException {
        return RunningServer.start(office, List.of("--config", file(NAMES.get(server))));
    }

    /// Asks the servers in turn.
    PatientClient client() throws IOException, InterruptedException {
        var http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        return new PatientClient(
                http, () -> servers.get(turn.incrementAndGet() % NAMES.size()).url(), token);
    }

    void killServer(int server) throws IOException {
        servers.get(server).kill();
        servers.set(server, startServer(server));
    }

    void killEnclave() throws IOException {
        enclave.kill();
        enclave = startEnclave();
    }

    /// The database is gone for a moment, and comes back with what it has on its disk.
    void stopDatabase() throws IOException {
        int port = database.getPort();
        database.close();
        database = startDatabase(port);
    }

    /// The log, proved whole by the command.
    void assertLogIsWhole() {
        String key = LogKey.read(office.root().resolve("log.pem"), new KeyName(ORIGIN))
                .key()
                .toString();
        office.run("log", "verify", office.root().resolve("log").toString(), "--key", key)
                .assertStatus(0);
    }

    @Override
    public void close() throws IOException {
        for (int server = 0; server < NAMES.size(); server++) {
            servers.get(server).close();
        }
        enclave.close();
        database.close();
    }
}
