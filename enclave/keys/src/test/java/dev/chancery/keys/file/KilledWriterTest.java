// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyId;
import dev.chancery.keys.handle.SampleKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process is killed while it writes keys: every key that it reported is there, and every file there is whole.
class KilledWriterTest {
    /// Processes killed for each unit of the property `rounds`.
    private static final int KILLS = 4;

    @TempDir
    Path parent = Path.of("");

    @Test
    void nothingIsLostAndNothingIsHalf() throws Exception {
        int kills = KILLS * Integer.getInteger("rounds", 1);
        var random = new Random(kills);
        Path directory = SampleKeys.privateDirectory(parent, "keys");
        var reported = new HashSet<KeyId>();
        for (int kill = 0; kill < kills; kill++) {
            reported.addAll(reportedUntilKilled(directory, 1 + random.nextInt(10), random.nextInt(15)));
            if (reported.size() > 400) {
                assertAllThere(directory, reported);
                directory = SampleKeys.privateDirectory(parent, "keys" + kill);
                reported.clear();
            }
        }
        assertAllThere(directory, reported);
    }

    private static Set<KeyId> reportedUntilKilled(Path directory, int keys, int milliseconds) throws Exception {
        var process = new ProcessBuilder(
                        KeyWriter.JAVA,
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        KeyWriter.classPath(),
                        KeyWriter.class.getName(),
                        directory.toString(),
                        "200",
                        KeyAlgorithm.ED25519.label())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var reported = new HashSet<KeyId>();
        try (var output = process.inputReader()) {
            for (int i = 0; i < keys; i++) {
                reported.add(new KeyId(output.readLine()));
            }
            Thread.sleep(milliseconds);
            // Not Process.destroyForcibly, which closes the pipe as well.
            assertTrue(process.toHandle().destroyForcibly());
            addRest(output, reported);
            process.waitFor();
        }
        return reported;
    }

    /// What stood in the pipe when the process died; the last line may be cut.
    private static void addRest(BufferedReader output, Set<KeyId> reported) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.length() == 64) {
                reported.add(new KeyId(line));
            }
        }
    }

    private static void assertAllThere(Path directory, Set<KeyId> reported) {
        var found = new HashSet<KeyId>();
        for (var key : new KeyDirectory(directory).keys()) {
            found.add(key.id());
        }
        assertTrue(found.containsAll(reported));
        var keys = Sample.keys(directory);
        for (var id : found) {
            assertEquals(id, keys.open(id).key().id());
        }
    }
}
