// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.chancery.keys.handle.SampleKeys;
import dev.chancery.keys.handle.SecretSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A token of SoftHSM2 in a folder of its own. The module reads where its tokens are from the file that
/// `SOFTHSM2_CONF` names, which the pom sets for the test's process.
record SoftToken(String label, Path folder) {
    static final String PIN = "12345678";

    private static final List<Path> MODULES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
            Path.of("/usr/lib/pkcs11/libsofthsm2.so"));

    /// Tests of another process unplug their tokens while softhsm2-util looks at all, and then it makes none.
    private static final int UNPLUGGED_MAX = 5;

    private static final Path TOKENS = Path.of("target/softhsm/tokens").toAbsolutePath();

    /// Skips the test where SoftHSM2 is missing, or fails it where it must not be.
    static Path module() {
        var found = MODULES.stream().filter(Files::exists).findFirst();
        if (found.isEmpty()) {
            String complaint = "libsofthsm2.so is not installed: it is in the package softhsm2";
            if (System.getProperty("interop", "").equals("required")) {
                fail(complaint);
            }
            Assumptions.abort(complaint);
        }
        return found.orElseThrow();
    }

    /// The label is the name and something that no earlier run had.
    static SoftToken make(String name) {
        module();
        return labelled("%s-%x".formatted(name, SampleKeys.RANDOM.nextInt()));
    }

    static SoftToken labelled(String label) {
        try {
            configure();
            var before = folders();
            String answer = init(label);
            for (int i = 0; i < UNPLUGGED_MAX && answer.contains("Could not get info about the token"); i++) {
                answer = init(label);
            }
            assertTrue(answer.startsWith("0 "), answer);
            var after = new HashSet<>(folders());
            after.removeAll(before);
            return new SoftToken(label, after.iterator().next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String init(String label) throws IOException, InterruptedException {
        return SampleKeys.run(
                TOKENS,
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                label,
                "--so-pin",
                "87654321",
                "--pin",
                PIN);
    }

    private static void configure() throws IOException {
        Path file = Path.of(Objects.requireNonNull(System.getenv("SOFTHSM2_CONF"), "the pom sets SOFTHSM2_CONF"));
        if (!Files.exists(TOKENS)) {
            Files.createDirectories(TOKENS);
        }
        Files.writeString(
                file, "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n".formatted(TOKENS));
    }

    private static Set<Path> folders() throws IOException {
        try (Stream<Path> list = Files.list(TOKENS)) {
            return Set.copyOf(list.toList());
        }
    }

    Pkcs11Keys keys(Path handles, String pin) {
        return new Pkcs11Keys(handles, new Pkcs11Keys.Place(module(), label), () -> asked(pin));
    }

    Pkcs11Keys keys(Path handles) {
        return keys(handles, PIN);
    }

    static SecretSource asked(String pin) {
        return new SecretSource.OfPrompt(question -> Optional.of(pin.toCharArray()), false);
    }

    private Path away() {
        return TOKENS.resolveSibling("away-" + folder.getFileName());
    }

    void unplug() throws IOException {
        Files.move(folder, away());
    }

    void plugIn() throws IOException {
        Files.move(away(), folder);
    }

    /// Names of the files of its objects.
    List<String> objects() throws IOException {
        var names = new ArrayList<String>();
        try (Stream<Path> list = Files.list(folder)) {
            list.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".object") && !name.startsWith("token"))
                    .forEach(names::add);
        }
        return names;
    }
}
