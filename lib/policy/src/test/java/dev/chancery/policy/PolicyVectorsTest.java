// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// One file, one case; the verdict is the first word of its name.
class PolicyVectorsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TestFactory
    List<DynamicTest> policies() throws IOException, URISyntaxException {
        return tests("policy", bytes -> VerificationPolicy.parse(bytes).toBytes());
    }

    @TestFactory
    List<DynamicTest> rules() throws IOException, URISyntaxException {
        return tests("rules", bytes -> SigningRules.parse(bytes).toBytes());
    }

    private static List<DynamicTest> tests(String folder, Function<Bytes, Bytes> readAndWrite)
            throws IOException, URISyntaxException {
        var place = Objects.requireNonNull(PolicyVectorsTest.class.getResource("/vectors/" + folder));
        try (var files = Files.list(Path.of(place.toURI()))) {
            List<Path> sorted = files.sorted().toList();
            assertTrue(sorted.size() > 30, "vectors are there");
            return sorted.stream()
                    .map(file -> DynamicTest.dynamicTest(
                            String.valueOf(file.getFileName()), () -> check(file, folder, readAndWrite)))
                    .toList();
        }
    }

    private static void check(Path file, String subject, Function<Bytes, Bytes> readAndWrite) throws IOException {
        Bytes bytes = Bytes.of(Files.readAllBytes(file));
        String name = String.valueOf(file.getFileName());
        assertTimeoutPreemptively(PATIENCE, () -> {
            if (name.startsWith("accept-")) {
                Bytes written = readAndWrite.apply(bytes);
                assertEquals(written, readAndWrite.apply(written));
            } else {
                assertTrue(name.startsWith("malformed-"), name);
                MalformedException e = assertThrows(MalformedException.class, () -> readAndWrite.apply(bytes));
                assertTrue(e.sentence().startsWith(subject), e.sentence());
                assertTrue(
                        e.sentence().codePoints().noneMatch(c -> c < ' ' || Character.getType(c) == Character.FORMAT),
                        "not safe to show: " + e.sentence());
            }
        });
    }
}
