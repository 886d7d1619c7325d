// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.chancery.core.Bytes;
import dev.chancery.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens between two who sign, and to who looks at too much. The registry is this test's, because it has to
/// write
/// in between; a real one is in `ImagesIT`.
class ReferrersTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private HttpServer server;
    /// By their path.
    private final Map<String, Bytes> stored = new ConcurrentHashMap<>();

    private int writesToUndo;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer = {};
            int status = 201;
            switch (exchange.getRequestMethod()) {
                case "POST" -> {
                    exchange.getResponseHeaders().set("Location", path);
                    status = 202;
                }
                case "PUT" -> {
                    String query = String.valueOf(exchange.getRequestURI().getQuery());
                    put(query.startsWith("digest=") ? path.replace("uploads/", query.substring(7)) : path, body);
                }
                default -> {
                    var there = Optional.ofNullable(stored.get(path));
                    status = there.isPresent() ? 200 : 404;
                    exchange.getResponseHeaders().set("Content-Type", Manifest.IMAGE);
                    answer = there.map(Bytes::toArray).orElse(answer);
                }
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head || answer.length == 0 ? -1 : answer.length);
            if (!head) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /// A tag that is written may be written over by somebody else.
    private void put(String path, byte[] body) {
        boolean undone = path.contains("manifests/sha256-") && writesToUndo-- > 0;
        if (!undone) {
            stored.put(path, Bytes.of(body));
        }
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ImageSignature bundle(String text) {
        return new ImageSignature(bytes(text), Optional.empty());
    }

    private Referrers referrers() {
        var image = ImageReference.parse(
                "127.0.0.1:%d/app:1".formatted(server.getAddress().getPort()));
        var registry = new Registry(image, Optional.empty(), new RegistryLogin(Optional.empty()));
        return new Referrers(registry, Manifest.of(Manifest.IMAGE, Map.of("schemaVersion", new Json.Whole(2))));
    }

    @Test
    void whatOthersWroteOverIsWrittenAgain() {
        writesToUndo = 3;
        assertTrue(referrers().putBundle(bundle("one"), NOW));
        assertEquals(1, referrers().bundles().size());
        writesToUndo = 3;
        assertTrue(referrers().putTag(bytes("signature")));
        assertFalse(referrers().putTag(bytes("signature")), "it is there");
        assertTrue(referrers().putTag(bytes("another")));
        assertFalse(referrers().putTag(bytes("signature")), "it stayed");
    }

    @Test
    void aBundleIsPutOnce() {
        assertTrue(referrers().putBundle(bundle("one"), NOW));
        assertFalse(referrers().putBundle(bundle("one"), NOW.plusSeconds(60)));
        assertTrue(referrers().putBundle(bundle("two"), NOW));
        assertEquals(2, referrers().bundles().size());
    }

    @Test
    void aReceiptIsReadBack() {
        var receipt = bytes("c2sp.org/tlog-proof@v1\nindex 1\n");
        var bundle = new ImageSignature(bytes("one"), Optional.of(receipt));
        assertTrue(referrers().putBundle(bundle, NOW));
        assertFalse(referrers().putBundle(bundle("one"), NOW), "it is there");
        assertEquals(List.of(bundle), referrers().bundles());
    }

    /// Behind others that lead nowhere, of which somebody may push any number.
    @Test
    void soManyAreLookedAtAndNoMore() {
        referrers().putBundle(bundle("one"), NOW);
        String tag = stored.keySet().stream()
                .filter(path -> path.contains("manifests/sha256-"))
                .findFirst()
                .orElseThrow();
        var index = new Manifest(
                Manifest.INDEX, Optional.ofNullable(stored.get(tag)).orElseThrow());
        for (int others : List.of(Referrers.REFERRERS_MAX - 1, Referrers.REFERRERS_MAX)) {
            var all = new ArrayList<Descriptor>();
            for (int i = 0; i < others; i++) {
                all.add(Descriptor.of(Manifest.IMAGE, bytes("other " + i)));
            }
            all.addAll(index.descriptors("manifests"));
            stored.put(tag, index.with("manifests", all).bytes());
            assertEquals(
                    others < Referrers.REFERRERS_MAX ? 1 : 0,
                    referrers().bundles().size());
        }
    }

    @Test
    void aBundleHasItsLimit() {
        referrers().putBundle(bundle(" ".repeat(Referrers.BUNDLE_BYTES_MAX)), NOW);
        referrers().putBundle(bundle(" ".repeat(Referrers.BUNDLE_BYTES_MAX + 1)), NOW);
        assertEquals(1, referrers().bundles().size());
    }
}
