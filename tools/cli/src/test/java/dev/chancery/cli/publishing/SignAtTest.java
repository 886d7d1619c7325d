// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.ServedOffice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sign-at` by a server; the place is a directory. A web server is one in `PlacesIT`.
class SignAtTest {
    @TempDir
    private static Path root;

    private static ServedOffice office;

    @TempDir
    private Path place;

    @BeforeAll
    static void start() throws IOException {
        office = ServedOffice.in(root);
    }

    @AfterAll
    static void stop() {
        office.close();
    }

    @BeforeEach
    void stage() throws IOException {
        Files.writeString(place.resolve("a.txt"), "a");
        Files.writeString(place.resolve("b.txt"), "b");
        Files.writeString(place.resolve(".c.txt"), "hidden");
    }

    private ServedOffice.Said signAt(String pattern, String... more) {
        var words =
                new ArrayList<>(List.of("sign-at", place + "/" + pattern, "--as", "release", "--format", "openpgp"));
        words.addAll(List.of(more));
        return office.run(words.toArray(String[]::new));
    }

    private Set<String> names() throws IOException {
        try (var files = Files.list(place)) {
            return new TreeSet<>(
                    files.map(file -> String.valueOf(file.getFileName())).toList());
        }
    }

    @Test
    void everythingThatAPatternMeansIsSignedOnce() throws IOException {
        signAt("*.txt").assertStatus(0).assertSays("a.txt  signed: a.txt.asc, a.txt.asc.tlog-proof");
        assertEquals(
                new TreeSet<>(List.of(
                        ".c.txt",
                        "a.txt",
                        "a.txt.asc",
                        "a.txt.asc.tlog-proof",
                        "b.txt",
                        "b.txt.asc",
                        "b.txt.asc.tlog-proof")),
                names());
        String signature = Files.readString(place.resolve("a.txt.asc"));
        signAt("*").assertStatus(0).assertSays("a.txt  is signed already").assertSays("b.txt  is signed already");
        assertEquals(signature, Files.readString(place.resolve("a.txt.asc")));
        for (String name : List.of("a.txt", "b.txt")) {
            String file = place.resolve(name).toString();
            office.run("verify", file, "--require", "release", "--keyring", office.keyring(), "--log", office.logKey())
                    .assertStatus(0);
        }
    }

    @Test
    void whatIsMissingIsMadeAndWhatIsThereStays() throws IOException {
        signAt("a.txt").assertStatus(0);
        String signature = Files.readString(place.resolve("a.txt.asc"));
        signAt("a.txt", "--format", "sigstore", "--json").assertStatus(0).assertSays("\"a.txt.sigstore.json\"");
        assertEquals(signature, Files.readString(place.resolve("a.txt.asc")));
        assertTrue(Files.exists(place.resolve("a.txt.sigstore.json.tlog-proof")));
        Files.writeString(place.resolve("b.txt.asc"), "something else");
        signAt("b.txt").assertStatus(0).assertSays("b.txt  is signed already");
        assertEquals("something else", Files.readString(place.resolve("b.txt.asc")));
        assertFalse(Files.exists(place.resolve("b.txt.asc.tlog-proof")));
    }

    /// As after a kill between the two.
    @Test
    void aSignatureThatLacksItsReceiptGetsIt() throws IOException, InterruptedException {
        signAt("a.txt").assertStatus(0);
        Path signature = place.resolve("a.txt.asc");
        byte[] first = Files.readAllBytes(signature);
        Files.delete(place.resolve("a.txt.asc.tlog-proof"));
        Thread.sleep(1_100); // the time in an OpenPGP signature is in seconds
        signAt("a.txt").assertStatus(0).assertSays("a.txt  signed: a.txt.asc.tlog-proof\n");
        assertArrayEquals(first, Files.readAllBytes(signature));
        String file = place.resolve("a.txt").toString();
        office.run("verify", file, "--require", "release", "--keyring", office.keyring(), "--log", office.logKey())
                .assertStatus(0);
    }

    @Test
    void severalAuthoritiesSignInOnePass() throws IOException {
        office.run(
                        "sign-at",
                        place + "/a.txt",
                        "--as",
                        "release",
                        "--as",
                        "qa",
                        "--format",
                        "openpgp",
                        "--format",
                        "signify")
                .assertStatus(4);
        office.run("sign-at", place + "/a.txt", "--as", "qa", "--format", "signify", "--per-authority")
                .assertStatus(0)
                .assertSays("a.txt.qa.signify.sig");
    }

    @Test
    void whatIsNotThereIsUnavailable() {
        signAt("none.txt").assertStatus(5).assertSays("has no none.txt");
        signAt("*.zip").assertStatus(5).assertSays("has nothing that *.zip means");
        office.run("sign-at", "https://127.0.0.1:9/*.zip", "--as", "release")
                .assertStatus(2)
                .assertSays("does not tell what it has");
    }

    @Test
    void whatARuleRefusesIsNotSigned() throws IOException {
        Files.writeString(place.resolve("a.exe"), "x");
        signAt("a.exe").assertStatus(4);
        assertEquals(new TreeSet<>(List.of(".c.txt", "a.exe", "a.txt", "b.txt")), names());
    }
}
