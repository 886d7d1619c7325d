// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// The files below `vectors/`: those that stock tools made, as they made them, and those with one fault each, whose
/// first line is the verdict: `# good: TEXT` or `# malformed: words of the error`.
public final class FileVectors {
    private FileVectors() {}

    /// A file as it is.
    public static Bytes bytes(String name) {
        try {
            return Bytes.of(Files.readAllBytes(path(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Holds every file of a folder against its first line.
    public static void judge(String folder, Function<Bytes, String> read) {
        var names = names(folder);
        assertFalse(names.isEmpty(), folder);
        for (String name : names) {
            byte[] all = bytes(folder + "/" + name).toArray();
            int end = 0;
            while (all[end] != '\n') {
                end++;
            }
            String verdict = new String(all, 0, end, java.nio.charset.StandardCharsets.US_ASCII);
            judge(name, verdict, () -> read.apply(Bytes.of(Arrays.copyOfRange(all, verdict.length() + 1, all.length))));
        }
    }

    private static void judge(String name, String verdict, java.util.function.Supplier<String> read) {
        String expected = verdict.substring(verdict.indexOf(':') + 1).strip();
        if (verdict.startsWith("# good:")) {
            assertEquals(expected, read.get(), name);
        } else {
            var fault = assertThrows(MalformedException.class, read::get, name);
            assertTrue(fault.sentence().contains(expected), name + ": " + fault.sentence());
        }
    }

    private static List<String> names(String folder) {
        try (var files = Files.list(path(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(String name) {
        try {
            return Path.of(Objects.requireNonNull(FileVectors.class.getResource("/vectors/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
