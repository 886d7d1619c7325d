// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Vectors as files, one case each. The first line is the verdict, `# good: hex hex` or `# malformed: words of
/// the error`; what follows is the case.
final class Vectors {
    private Vectors() {}

    /// One case, named for its file.
    record Case(String name, String verdict, Bytes bytes) {
        @Override
        public String toString() {
            return name;
        }

        /// Reads the case and holds the result, or the error, against the verdict.
        void judge(Function<Bytes, List<Bytes>> read) {
            String expected = verdict.substring(verdict.indexOf(':') + 1).strip();
            if (verdict.startsWith("# good:")) {
                assertEquals(
                        expected,
                        read.apply(bytes).stream().map(Bytes::toString).collect(Collectors.joining(" ")));
            } else {
                var fault = assertThrows(MalformedException.class, () -> read.apply(bytes));
                assertTrue(fault.sentence().contains(expected), fault.sentence());
            }
        }
    }

    static List<Case> cases(String folder) {
        return files(folder).map(Vectors::read).toList();
    }

    static Stream<Path> files(String folder) {
        try {
            var url = Objects.requireNonNull(Vectors.class.getResource(folder), folder);
            try (var files = Files.list(Path.of(url.toURI()))) {
                return files.sorted().toList().stream();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Bytes bytes(Path file) {
        try {
            return Bytes.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case read(Path file) {
        byte[] all = bytes(file).toArray();
        int end = 0;
        while (all[end] != '\n') {
            end++;
        }
        return new Case(
                file.getFileName().toString(),
                new String(all, 0, end, java.nio.charset.StandardCharsets.US_ASCII),
                Bytes.of(Arrays.copyOfRange(all, end + 1, all.length)));
    }

    static Bytes hex(String hex) {
        return Bytes.of(HexFormat.of().parseHex(hex));
    }
}
