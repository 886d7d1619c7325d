// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publication;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.SignatureFiles;
import dev.chancery.trust.KeyringDocument;
import dev.chancery.trust.TrustedKeyring;
import dev.chancery.verification.SignatureFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/// A website with a keyring document, and beside it `DOCUMENT.AUTHORITY.intoto.sigstore.json` of each who signed
/// it.
///
/// TLS keeps nobody from handing out an old document, so what is fetched is believed for its signatures and its
/// end alone. Plain HTTP is for this machine.
final class KeyringSite {
    private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(10);
    private static final Duration TIME_MAX = Duration.ofSeconds(60);
    private static final String SUFFIX = ".intoto.sigstore.json";

    private final URI address;
    private final SSLContext tls;

    KeyringSite(String address, SSLContext tls) {
        this.address = uri(address);
        this.tls = tls;
        if ("http".equals(this.address.getScheme()) && !isHere(this.address)) {
            throw MalformedException.value("URL", address, "is not https, and not of this machine");
        }
    }

    private static URI uri(String text) {
        try {
            var address = URI.create(text);
            if (address.getHost() != null && address.getQuery() == null && address.getFragment() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("URL is none: " + e.getMessage(), e);
        }
        throw MalformedException.value("URL", text, "is not that of a file on a host");
    }

    private static boolean isHere(URI address) {
        try {
            return InetAddress.getByName(address.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /// @param signers whose signatures are looked for
    TrustedKeyring.Candidate fetch(Function<Bytes, SortedSet<Authority>> signers, SignatureFiles files) {
        try (var client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIME_MAX)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(tls)
                .build()) {
            Bytes document = get(client, address, KeyringDocument.BYTES_MAX)
                    .orElseThrow(() -> new UnavailableException("there is nothing under %s".formatted(address)));
            var found = new ArrayList<SignatureFile>();
            for (var authority : signers.apply(document)) {
                String name = "keyring." + authority + SUFFIX;
                get(client, URI.create(address + "." + authority + SUFFIX), Signature.BYTES_MAX)
                        .ifPresent(bytes -> found.add(files.statement(name, bytes)));
            }
            return new TrustedKeyring.Candidate(document, found);
        }
    }

    /// Empty for what is not there.
    private static Optional<Bytes> get(HttpClient client, URI file, int bytesMax) {
        try {
            var answer = client.send(
                    HttpRequest.newBuilder(file).timeout(TIME_MAX).build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), bytesMax));
            return switch (answer.statusCode()) {
                case 200 -> Optional.of(Bytes.of(answer.body()));
                case 404 -> Optional.empty();
                default ->
                    throw new UnavailableException(
                            "%s is answered with HTTP status %d".formatted(file, answer.statusCode()));
            };
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be fetched: %s".formatted(file, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("%s was not waited for".formatted(file), e);
        }
    }
}
