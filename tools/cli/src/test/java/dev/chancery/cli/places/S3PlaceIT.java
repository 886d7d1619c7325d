// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.frontdoors.RunningBucket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A bucket of a real server. What commands do with it is in `BucketIT`.
class S3PlaceIT {
    /// The least that S3 takes ("Amazon S3 multipart upload limits"), but for the last part.
    private static final int PART_BYTES = 5 << 20;

    @TempDir
    private static Path root;

    private static RunningBucket bucket;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        bucket = RunningBucket.in(root);
    }

    @AfterAll
    static void stop() {
        bucket.close();
    }

    private static Place place(String prefix, Map<String, String> environment, S3Place.Parts parts) throws Exception {
        var settings = S3Settings.read("releases", environment);
        var means = new S3Place.Means(SSLContext.getDefault(), HttpPlace.Waits.DEFAULT, parts, InstantSource.system());
        return S3Place.at("releases", prefix, settings, means);
    }

    private static Place place(String prefix) throws Exception {
        return place(prefix, bucket.environment(), new S3Place.Parts(PART_BYTES, PART_BYTES, PART_BYTES));
    }

    private static Place.Source source(byte[] content) {
        return new Place.Source() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content);
            }
        };
    }

    private static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    private static byte[] read(Place place, ArtifactName name) throws IOException {
        try (var input = place.open(name).orElseThrow()) {
            return input.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES, 2 * PART_BYTES + 1})
    void anObjectIsWholeAndNeverReplaced(int bytes) throws Exception {
        var name = new ArtifactName("of-%d.bin".formatted(bytes));
        byte[] content = content(bytes);
        try (var place = place("sizes/")) {
            assertTrue(place.open(name).isEmpty());
            assertTrue(place.create(name, source(content)));
            assertFalse(place.create(name, source(content(bytes + 1))));
            assertArrayEquals(content, read(place, name));
        }
        assertArrayEquals(
                content, Files.readAllBytes(bucket.files().resolve("sizes").resolve(name.text())));
    }

    /// Somebody comes between the question whether it is there and the writing of it, whole and in parts.
    @ParameterizedTest
    @ValueSource(ints = {10, PART_BYTES + 10})
    void whoWasFasterIsNotReplaced(int bytes) throws Exception {
        var name = new ArtifactName("race-%d".formatted(bytes));
        byte[] faster = content(3);
        try (var place = place("races/");
                var other = place("races/")) {
            byte[] mine = content(bytes);
            var slow = new Place.Source() {
                @Override
                public long size() {
                    return bytes;
                }

                @Override
                public InputStream open() {
                    assertTrue(other.create(name, source(faster)));
                    return new ByteArrayInputStream(mine);
                }
            };
            assertFalse(place.create(name, slow));
            assertArrayEquals(faster, read(place, name));
        }
    }

    /// Whoever looks whether a content is still what it was throws when it ends.
    @ParameterizedTest
    @ValueSource(ints = {100, PART_BYTES + 1})
    void aContentThatChangesLeavesNothing(int bytes) throws Exception {
        var name = new ArtifactName("changed-%d".formatted(bytes));
        var changing = new Place.Source() {
            @Override
            public long size() {
                return bytes;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content(bytes)) {
                    @Override
                    public synchronized int read(byte[] into, int offset, int length) {
                        if (available() == 0 || length >= available()) {
                            throw new RefusedException("content-changed", "it changed");
                        }
                        return super.read(into, offset, length);
                    }
                };
            }
        };
        try (var place = place("changes/")) {
            assertThrows(RefusedException.class, () -> place.create(name, changing));
            assertTrue(place.open(name).isEmpty());
        }
        try (var files = Files.walk(bucket.files())) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().contains("changed-")).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "é+ü", "a&b=c", "100%", "a;b?c", "~!$'()*,@[]", "sha256-x.tar.gz", "\u65e5\u672c"})
    void everyNameIsFound(String text) throws Exception {
        var name = new ArtifactName(text);
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        try (var place = place("names of/+all/")) {
            assertTrue(place.create(name, source(content)));
            assertArrayEquals(content, read(place, name));
            assertTrue(place.names().orElseThrow().contains(name));
        }
        assertArrayEquals(
                content,
                Files.readAllBytes(bucket.files().resolve("names of/+all").resolve(text)));
    }

    /// "Returns some or all (up to 1,000) of the objects in a bucket with each request."
    @Test
    void moreThanAPageIsTold() throws Exception {
        Path folder = Files.createDirectories(bucket.files().resolve("many/below"));
        var expected = new ArrayList<String>();
        for (int i = 0; i < 1_001; i++) {
            expected.add("%04d.bin".formatted(i));
            Files.createFile(folder.resolveSibling(expected.getLast()));
        }
        Files.createFile(folder.resolve("further.bin"));
        Files.createFile(folder.resolveSibling(".hidden"));
        try (var place = place("many/")) {
            var told =
                    place.names().orElseThrow().stream().map(ArtifactName::text).toList();
            assertEquals(expected, told);
        }
        try (var place = place("nothing/")) {
            assertEquals(List.of(), place.names().orElseThrow());
        }
    }

    /// XML has no such character: whoever may write one into a key would hide all others. This server writes another
    /// for
    /// it; that most others encode it, `S3SettingsTest` has.
    @Test
    void aKeyThatXmlCannotHaveHidesNoOther() throws Exception {
        Path folder = Files.createDirectories(bucket.files().resolve("odd"));
        Files.createFile(folder.resolve("a\u0001b.bin"));
        Files.createFile(folder.resolve("c d+e%20.bin"));
        try (var place = place("odd/")) {
            assertTrue(place.names().orElseThrow().contains(new ArtifactName("c d+e%20.bin")));
        }
    }

    @Test
    void whoHasNoRightIsToldWhereCredentialsComeFrom() throws Exception {
        var wrong = new HashMap<>(bucket.environment());
        wrong.put("AWS_SECRET_ACCESS_KEY", "another");
        var nobody = bucket.environment().entrySet().stream()
                .filter(one -> !one.getKey().contains("ACCESS"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var name = new ArtifactName("a");
        for (var environment : List.of(wrong, nobody)) {
            try (var place = place("", environment, S3Place.Parts.DEFAULT)) {
                var denied = assertThrows(HintedException.class, () -> place.open(name));
                assertTrue(denied.hint().contains("AWS_ACCESS_KEY_ID"), denied.hint());
                assertThrows(HintedException.class, place::names);
                assertThrows(HintedException.class, () -> place.create(name, source(new byte[1])));
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() throws Exception {
        var environment = new HashMap<>(bucket.environment());
        environment.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1");
        try (var place = place("", environment, S3Place.Parts.DEFAULT)) {
            var name = new ArtifactName("a");
            assertThrows(UnavailableException.class, () -> place.open(name));
            assertThrows(UnavailableException.class, place::names);
        }
    }
}
