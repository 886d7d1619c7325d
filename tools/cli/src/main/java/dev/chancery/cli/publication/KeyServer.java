// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publication;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/// An outside key server that takes certificates.
final class KeyServer {
    /// Bytes of an answer.
    static final int ANSWER_BYTES_MAX = 1 << 16;

    private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(10);
    private static final Duration TIME_MAX = Duration.ofSeconds(60);
    private static final int HKP_PORT = 11_371;

    /// What a server speaks.
    private enum Protocol {
        HKP,
        VKS
    }

    /// What became of an upload: a status for each address, where the server says so.
    ///
    /// @param token by which the server knows the upload; empty with HKP
    record Uploaded(String token, Map<String, String> addresses) {
        List<String> unpublished() {
            return addresses.entrySet().stream()
                    .filter(entry -> entry.getValue().equals("unpublished"))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private final Protocol protocol;
    private final URI base;
    private final SSLContext tls;

    private KeyServer(Protocol protocol, URI base, SSLContext tls) {
        this.protocol = protocol;
        this.base = base;
        this.tls = tls;
    }

    static KeyServer parse(String text, SSLContext tls) {
        try {
            var address = new URI(text);
            boolean bare = address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null
                    && (address.getPath().isEmpty() || address.getPath().equals("/"));
            if (bare) {
                switch (String.valueOf(address.getScheme())) {
                    case "hkp" -> {
                        int port = address.getPort() < 0 ? HKP_PORT : address.getPort();
                        return new KeyServer(Protocol.HKP, base("http", address.getHost(), port), tls);
                    }
                    case "hkps" -> {
                        return new KeyServer(Protocol.HKP, base("https", address.getHost(), address.getPort()), tls);
                    }
                    case "vks" -> {
                        return new KeyServer(Protocol.VKS, base("https", address.getHost(), address.getPort()), tls);
                    }
                    default -> {
                        // Said below.
                    }
                }
            }
        } catch (URISyntaxException e) {
            throw new MalformedException(wrong(text).sentence(), e);
        }
        throw wrong(text);
    }

    private static URI base(String scheme, String host, int port) throws URISyntaxException {
        return new URI(scheme, null, host, port, null, null, null);
    }

    private static MalformedException wrong(String text) {
        return MalformedException.value(
                "key server", text, "is not hkp://, hkps:// or vks:// and a host, perhaps a port");
    }

    /// Sends one certificate, armored.
    ///
    /// Throws `RefusedException` (`key-server`) when the server does not take it, `UnavailableException` when it
    /// does not answer.
    Uploaded upload(String armored) {
        return switch (protocol) {
            case HKP -> {
                post(
                        "/pks/add",
                        "application/x-www-form-urlencoded",
                        "keytext=" + URLEncoder.encode(armored, StandardCharsets.US_ASCII));
                yield new Uploaded("", Map.of());
            }
            case VKS -> {
                var body = new JsonFields().put("keytext", armored).toJson().line();
                yield uploaded(post("/vks/v1/upload", "application/json", body));
            }
        };
    }

    /// Has the server ask these addresses by mail whether they may be published.
    Uploaded verify(String token, List<String> addresses) {
        var body = new JsonFields()
                .put("token", token)
                .putTexts("addresses", addresses)
                .toJson()
                .line();
        return uploaded(post("/vks/v1/request-verify", "application/json", body));
    }

    /// Fields that we do not know are left alone: the server is somebody else's.
    private Uploaded uploaded(Bytes answer) {
        var json = Json.parse(answer, "answer of " + base, JsonLimits.foreign(ANSWER_BYTES_MAX))
                .json();
        if (json instanceof Json.Members members && members.fields().get("token") instanceof Json.Text(String token)) {
            var addresses = new TreeMap<String, String>();
            if (members.fields().get("status") instanceof Json.Members status) {
                status.fields().forEach((address, value) -> {
                    if (value instanceof Json.Text(String word)) {
                        addresses.put(address, word);
                    }
                });
            }
            return new Uploaded(token, addresses);
        }
        throw new UnavailableException("key server %s answers without a token".formatted(base));
    }

    private Bytes post(String path, String type, String body) {
        try (var client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIME_MAX)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .build()) {
            var request = HttpRequest.newBuilder(base.resolve(path))
                    .timeout(TIME_MAX)
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            var answer = client.send(
                    request,
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
            return accepted(answer);
        } catch (IOException e) {
            throw new UnavailableException("key server %s does not answer: %s".formatted(base, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("key server %s was not waited for".formatted(base), e);
        }
    }

    private Bytes accepted(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return Bytes.of(answer.body());
        }
        String said = Quoted.text(new String(answer.body(), StandardCharsets.UTF_8));
        String sentence = "key server %s answers with HTTP status %d: %s".formatted(base, status, said);
        if (status / 100 == 4 && status != 429) {
            throw new RefusedException("key-server", sentence);
        }
        throw new UnavailableException(sentence);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
