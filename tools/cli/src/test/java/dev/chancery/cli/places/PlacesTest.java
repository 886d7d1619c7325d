// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts that name places, credentials for them, and directories.
class PlacesTest {
    @TempDir
    private Path directory;

    private static Places places(Map<String, String> environment) {
        var terminal =
                new Terminal(InputStream.nullInputStream(), System.out, System.err, environment, Clock.systemUTC());
        return new Places(terminal, Optional.empty());
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aTextNamesADirectoryOrAServer() {
        var places = places(Map.of());
        assertEquals(directory.toString(), places.place(directory.toString()).toString());
        assertEquals(
                "\"https://a.example/x/\"", places.place("https://a.example/x").toString());
        assertEquals(
                "\"https://a.example/x/\"", places.place("HTTPS://a.example/x/").toString());
        assertEquals("\"http://a.example/\"", places.place("http://a.example").toString());
        assertThrows(
                HintedException.class,
                () -> places.place(directory.resolve("none").toString()));
    }

    @Test
    void aFileIsTheLastPartOfIt() {
        var places = places(Map.of());
        var file = places.file("https://a.example/x/a%20b+%C3%A9.zip");
        assertEquals("a b+é.zip", file.name().text());
        assertEquals("\"https://a.example/x/\"", file.place().toString());
        assertEquals(directory.toString(), places.file(directory + "/a").place().toString());
        assertEquals(".", places.file("a%20b").place().toString());
        assertEquals("a%20b", places.file("a%20b").name().text());
        assertThrows(UsageException.class, () -> places.file("https://a.example/x/"));
        assertThrows(MalformedException.class, () -> places.file("https://a.example/%zz"));
        assertThrows(MalformedException.class, () -> places.file("https://a.example/%2e%2e"));
        assertThrows(MalformedException.class, () -> places.file("https://a.example/a%2Fb"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://name:word@a.example/",
                "https://a.example/?x=1",
                "https://a.example/#x",
                "https:///x",
                "https://a b/"
            })
    void anAddressIsAHostAndAPath(String text) {
        assertThrows(UsageException.class, () -> places(Map.of()).place(text));
    }

    @Test
    void aCredentialGoesOverTlsOrToThisMachine() throws IOException {
        var netrc = secret("netrc", "machine a.example login n password p\nmachine 127.0.0.1 login n password p\n");
        var places = places(Map.of("NETRC", netrc.toString()));
        assertThrows(UsageException.class, () -> places.place("http://a.example/"));
        places.place("http://127.0.0.1:1/").close();
        places.place("https://a.example/").close();
        places.place("http://b.example/").close();
        var token = secret("token", "abc\n");
        var tokens = places(Map.of("CHANCERY_PLACE_TOKEN_FILE", token.toString()));
        assertThrows(UsageException.class, () -> tokens.place("http://b.example/"));
        tokens.place("https://b.example/").close();
        Files.writeString(token, "a b");
        assertThrows(MalformedException.class, () -> tokens.place("https://b.example/"));
    }

    @Test
    void aTokenOfOnePlaceGoesToNoOther() throws IOException {
        var asked = new CopyOnWriteArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
            var places = places(
                    Map.of("CHANCERY_PLACE_TOKEN_FILE", secret("all", "for-all").toString()));
            var own = Optional.of(secret("one", "for-one"));
            try (var one = places.place(url + "/one", own);
                    var other = places.place(url + "/other")) {
                assertTrue(one.open(new ArtifactName("a")).isEmpty());
                assertTrue(other.open(new ArtifactName("a")).isEmpty());
            }
            try (var none = places(Map.of()).place(url + "/none")) {
                assertTrue(none.open(new ArtifactName("a")).isEmpty());
            }
        } finally {
            server.stop(0);
        }
        assertEquals(List.of("/one/a Bearer for-one", "/other/a Bearer for-all", "/none/a null"), asked);
    }

    @Test
    void netrcIsReadAsCurlReadsIt() throws IOException {
        var file = secret("netrc", """
                # a comment
                machine A.example
                  login one password two
                machine b.example account x login three
                default login four password five
                """);
        assertEquals(basic("one:two"), Netrc.authorization(file, "a.example"));
        assertEquals(Optional.empty(), Netrc.authorization(file, "b.example"));
        assertEquals(basic("four:five"), Netrc.authorization(file, "c.example"));
        Files.writeString(file, "machine a.example login");
        assertThrows(MalformedException.class, () -> Netrc.authorization(file, "a.example"));
        Files.writeString(file, "machine a.example macdef x");
        assertThrows(MalformedException.class, () -> Netrc.authorization(file, "a.example"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        var open = assertThrows(RefusedException.class, () -> Netrc.authorization(file, "a.example"));
        assertEquals("key-permissions", open.rule());
    }

    private static Optional<String> basic(String text) {
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void netrcOfTheHomeIsFoundAndNeedNotBeThere() throws IOException {
        places(Map.of("HOME", directory.toString())).place("https://a.example/").close();
        Path netrc = secret(".netrc", "machine a.example login n password p");
        var places = places(Map.of("HOME", directory.toString()));
        assertThrows(UsageException.class, () -> places.place("http://a.example/"));
        Files.setPosixFilePermissions(netrc, PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(RefusedException.class, () -> places.place("https://a.example/"));
    }

    @Test
    void aDirectoryTakesWhatIsNotThere() throws IOException {
        try (var place = places(Map.of()).place(directory.toString())) {
            var name = new ArtifactName("a.zip");
            byte[] content = {1, 2, 3};
            assertTrue(place.open(name).isEmpty());
            assertTrue(place.create(name, source(content)));
            assertFalse(place.create(name, source(new byte[9])));
            try (var input = place.open(name).orElseThrow()) {
                assertArrayEquals(content, input.readAllBytes());
            }
            assertTrue(place.create(new ArtifactName("a.zip.asc"), source(content)));
            assertTrue(place.create(new ArtifactName("b.zip.asc"), source(content)));
            Files.writeString(directory.resolve(".hidden"), "");
            assertEquals(
                    Optional.of(List.of(name, new ArtifactName("a.zip.asc"), new ArtifactName("b.zip.asc"))),
                    place.names());
            Files.createDirectory(directory.resolve("d"));
            assertThrows(MalformedException.class, () -> place.open(new ArtifactName("d")));
        }
    }

    @Test
    void aSourceThatFailsLeavesNothingInADirectory() throws IOException {
        try (var place = places(Map.of()).place(directory.toString())) {
            var failing = new Place.Source() {
                @Override
                public long size() {
                    return 1;
                }

                @Override
                public InputStream open() {
                    throw new RefusedException("content-changed", "it is not what was verified");
                }
            };
            assertThrows(RefusedException.class, () -> place.create(new ArtifactName("a"), failing));
        }
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
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
}
