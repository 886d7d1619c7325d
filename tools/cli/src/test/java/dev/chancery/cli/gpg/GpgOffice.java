// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.gpg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.Main;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// An office of a class of tests, and `chancery-gpg` called in it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GpgOffice {
    Path office = Path.of("office");
    String fingerprint = "";
    String subkey = "";

    @TempDir
    Path directory;

    Path file;

    /// What came of it.
    record Said(int status, Bytes bytes, String errors) {
        String output() {
            return new String(bytes.toArray(), UTF_8);
        }

        Said is(int expected) {
            assertEquals(expected, status, errors);
            return this;
        }

        Said says(String words) {
            assertTrue(errors.contains(words), errors);
            return this;
        }
    }

    @BeforeAll
    void makeOffice(@TempDir Path root) {
        office = root.resolve("office");
        chancery("init").is(0);
        chancery("authority", "add", "release", "--format", "openpgp").is(0);
        chancery("authority", "add", "qa", "--format", "openpgp").is(0);
        chancery("authority", "add", "sealer", "--format", "raw").is(0);
    }

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(directory.resolve("file"), "content\n");
        if (fingerprint.isEmpty()) {
            String[] valid = lines(signedAndVerified(), "VALIDSIG").getFirst().split(" ", -1);
            subkey = valid[2];
            fingerprint = valid[valid.length - 1];
            Files.delete(Path.of(file + ".sig"));
        }
    }

    Said signedAndVerified() {
        gpg("-b", "-u", "release", file.toString()).is(0);
        return gpg("--status-fd", "1", "--verify", file + ".sig").is(0);
    }

    Said chancery(String... words) {
        return run(Map.of(), "", (terminal, all) -> Main.run(terminal, all.toArray(String[]::new)), words);
    }

    Said gpg(String... words) {
        return run(Map.of(), "", Gpg::run, words);
    }

    Said gpgReading(String input, String... words) {
        return run(Map.of(), input, Gpg::run, words);
    }

    interface Entry {
        int run(Terminal terminal, List<String> words);
    }

    Said run(Map<String, String> more, String input, Entry entry, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var environment = new java.util.HashMap<>(Map.of("CHANCERY_HOME", office.toString()));
        environment.putAll(more);
        var terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                environment,
                Clock.systemUTC());
        int status = entry.run(terminal, Arrays.asList(words));
        return new Said(status, Bytes.of(out.toByteArray()), err.toString(UTF_8));
    }

    static List<String> lines(Said said, String keyword) {
        return said.output()
                .lines()
                .filter(line -> line.startsWith("[GNUPG:] " + keyword))
                .toList();
    }

    static List<String> keywords(Said said) {
        return said.output().lines().map(line -> line.split(" ", -1)[1]).toList();
    }
}
