// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a registry may answer that is none, or one that means no good; a real one is in `ImagesIT`.
class LyingRegistryTest {
    private static final Bytes CONTENT = bytes("content");
    private static final String BASIC = "Basic YWxpY2U6c2VjcmV0";

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private HttpServer server;
    private final List<String> asked = new ArrayList<>();
    private Answer answer = exchange -> reply(exchange, 404, "");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add("%s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                                    .orElse("-")));
            answer.to(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private Registry registry() {
        var login = new RegistryLogin(Optional.of(BASIC));
        return new Registry(ImageReference.parse(host() + "/team/app:1"), Optional.empty(), login);
    }

    private String digest() {
        return Descriptor.digest(CONTENT);
    }

    @Test
    void otherBytesThanTheDigestsAreNotTaken() {
        answer = exchange -> reply(exchange, 200, "another");
        assertThrows(MalformedException.class, () -> registry().blob(digest()));
        assertThrows(MalformedException.class, () -> registry().manifest(digest()));
        answer = exchange -> reply(exchange, 200, "content");
        assertEquals(CONTENT, registry().blob(digest()));
    }

    @Test
    void aManifestHasItsLimit() {
        answer = exchange -> reply(exchange, 200, " ".repeat(Registry.MANIFEST_BYTES_MAX));
        assertTrue(registry().manifest("1").isPresent());
        answer = exchange -> reply(exchange, 200, " ".repeat(Registry.MANIFEST_BYTES_MAX + 1));
        assertThrows(UnavailableException.class, () -> registry().manifest("1"));
    }

    @Test
    void aPasswordIsGivenOnlyWhenItIsAskedFor() {
        answer = exchange -> {
            boolean known = exchange.getRequestHeaders().containsKey("Authorization");
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"all\"");
            reply(exchange, known ? 200 : 401, known ? "content" : "");
        };
        assertEquals(CONTENT, registry().blob(digest()));
        String path = "GET /v2/team/app/blobs/" + digest();
        assertEquals(List.of(path + " -", path + " " + BASIC), asked);
    }

    @Test
    void aTokenIsFetchedWithThePassword() {
        answer = exchange -> {
            boolean token = exchange.getRequestURI().getPath().equals("/token");
            boolean known = "Bearer abc".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer realm=\"http://%s/token\",service=\"r\",scope=\"repository:team/app:pull\""
                                    .formatted(host()));
            reply(exchange, token || known ? 200 : 401, token ? "{\"token\":\"abc\"}" : known ? "content" : "");
        };
        try (var registry = registry()) {
            assertEquals(CONTENT, registry.blob(digest()));
            assertEquals(CONTENT, registry.blob(digest()));
        }
        String path = "GET /v2/team/app/blobs/" + digest();
        assertEquals(
                List.of(
                        path + " -",
                        "GET /token?service=r&scope=repository%3Ateam%2Fapp%3Apull " + BASIC,
                        path + " Bearer abc",
                        path + " Bearer abc"),
                asked);
    }

    @Test
    void thePasswordGoesNowhereElse() {
        for (String realm : List.of("http://192.0.2.1/token", "http://localhost:1/token", "ftp://x", "", "%%")) {
            answer = exchange -> {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"%s\"".formatted(realm));
                reply(exchange, 401, "");
            };
            var e = assertThrows(RefusedException.class, () -> registry().blob(digest()), realm);
            assertEquals("registry-realm", e.rule());
        }
    }

    @Test
    void whoIsNotLetInIsTold() {
        answer = exchange -> reply(exchange, 403, "");
        var e = assertThrows(HintedException.class, () -> registry().blob(digest()));
        assertEquals("registry-denied", ((RefusedException) e.error()).rule());
        answer = exchange -> reply(exchange, 401, "");
        assertThrows(HintedException.class, () -> registry().manifest("1"));
    }

    @Test
    void aTokenThatIsNoneIsMalformed() {
        for (String token : List.of("", "{}", "[]", "{\"token\":\"a b\"}", "{\"token\":1}")) {
            answer = exchange -> {
                boolean asksForToken = exchange.getRequestURI().getPath().equals("/token");
                exchange.getResponseHeaders()
                        .set("WWW-Authenticate", "Bearer realm=\"http://%s/token\"".formatted(host()));
                reply(exchange, asksForToken ? 200 : 401, asksForToken ? token : "");
            };
            assertThrows(MalformedException.class, () -> registry().blob(digest()), token);
        }
    }

    @Test
    void anUploadStaysWhereItBegan() {
        answer = exchange -> {
            exchange.getResponseHeaders().set("Location", "http://192.0.2.1/upload");
            reply(exchange, exchange.getRequestMethod().equals("POST") ? 202 : 404, "");
        };
        var e = assertThrows(RefusedException.class, () -> registry().putBlob(CONTENT));
        assertEquals("registry-redirect", e.rule());
    }

    @Test
    void aBlobMayLieElsewhereAndThePasswordDoesNotGoThere() {
        answer = exchange -> {
            boolean elsewhere = exchange.getRequestURI().getPath().startsWith("/elsewhere");
            boolean known = exchange.getRequestHeaders().containsKey("Authorization");
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"all\"");
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            reply(exchange, elsewhere ? 200 : known ? 307 : 401, elsewhere ? "content" : "");
        };
        assertEquals(CONTENT, registry().blob(digest()));
        assertEquals("GET /elsewhere -", asked.getLast());
        answer = exchange -> {
            exchange.getResponseHeaders().set("Location", "/v2/again");
            reply(exchange, 307, "");
        };
        assertThrows(ChanceryException.class, () -> registry().blob(digest()), "for ever");
    }

    @Test
    void whatIsNoManifestIsMalformed() {
        for (String body : List.of("", "[]", "{", "\"x\"")) {
            var manifest = new Manifest(Manifest.IMAGE, bytes(body));
            assertThrows(MalformedException.class, () -> manifest.descriptors("layers"), body);
        }
        for (String body :
                List.of("{\"layers\":[{}]}", "{\"layers\":[1]}", "{\"layers\":[{\"digest\":\"sha512:00\"}]}")) {
            var manifest = new Manifest(Manifest.IMAGE, bytes(body));
            assertThrows(MalformedException.class, () -> manifest.descriptors("layers"), body);
        }
        assertEquals(List.of(), new Manifest(Manifest.IMAGE, bytes("{}")).descriptors("layers"));
    }

    /// Two readers could take it for two things (OCI image 1.1, "Image Manifest", `mediaType`).
    @Test
    void aManifestIsWhatItCallsItself() {
        var own = bytes("{\"schemaVersion\":2,\"mediaType\":\"%s\"}".formatted(Manifest.IMAGE));
        new Manifest(Manifest.IMAGE, own).requireOwnType();
        new Manifest(Manifest.INDEX, bytes("{\"schemaVersion\":2}")).requireOwnType();
        var other = new Manifest(Manifest.INDEX, own);
        assertThrows(MalformedException.class, other::requireOwnType);
    }
}
