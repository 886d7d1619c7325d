// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes record in one file and are killed: what either has answered is on record, and the chain is
/// whole.
class KilledRecordingTest {
    /// Pairs of processes killed for each unit of the property `rounds`.
    private static final int KILLS = 3;

    @TempDir
    private Path directory;

    @Test
    void whatWasAnsweredIsOnRecord() throws Exception {
        int kills = KILLS * Integer.getInteger("rounds", 1);
        var random = new Random(kills);
        var answered = new HashSet<String>();
        Path file = directory.resolve("audit.jsonl");
        for (int kill = 0; kill < kills; kill++) {
            var one = start(file, "one-" + kill);
            var two = start(file, "two-" + kill);
            answered.addAll(answeredUntilKilled(one, 50 + random.nextInt(100)));
            answered.addAll(answeredUntilKilled(two, 0));
        }
        new AuditFile(file).record(Lines.NOW, Lines.granted("last"));
        var recorded = recorded(file);
        answered.add("last");
        assertTrue(recorded.containsAll(answered), "a record is missing");
        assertTrue(answered.size() > 50 * kills);
    }

    private static Process start(Path file, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        // Surefire hides the class path in the manifest of a jar and tells it in a property.
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Recording.class.getName(),
                        file.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Set<String> answeredUntilKilled(Process process, int least) throws Exception {
        var answered = new ArrayList<String>();
        try (var output = process.inputReader()) {
            for (int i = 0; i < least; i++) {
                answered.add(output.readLine());
            }
            // Not Process.destroyForcibly, which closes the pipe as well.
            assertTrue(process.toHandle().destroyForcibly());
            output.lines().forEach(answered::add);
            process.waitFor();
        }
        if (!answered.isEmpty()) {
            answered.removeLast(); // may be cut
        }
        return new HashSet<>(answered);
    }

    private static Set<String> recorded(Path file) throws IOException {
        var names = new HashSet<String>();
        var lines = new ArrayList<AuditLine>();
        try (var input = Files.newInputStream(file)) {
            new AuditChain().readAll(input, lines::add);
        }
        for (var line : lines) {
            if (line.event() instanceof Decision decision) {
                assertTrue(names.add(decision.asked().content().name().text()), "recorded twice");
            }
        }
        assertEquals(
                List.of(), lines.stream().filter(line -> line.sequence() < 1).toList());
        return names;
    }
}
