// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import static dev.chancery.store.Sample.bare;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.store.StoreContract;
import dev.chancery.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A process that appends is killed: what it has acknowledged is there, and the log has no gap.
class KilledAppendingTest extends StoreContract {
    /// Processes killed on each database for each unit of the property `rounds`.
    private static final int KILLS = 2;
    /// Milliseconds after the first acknowledgement within which a process is killed.
    private static final int LIFE_MILLIS = 150;

    @Test
    void whatWasAcknowledgedIsThere() throws Exception {
        int kills = KILLS * Integer.getInteger("rounds", 1);
        var random = new Random(kills);
        var acknowledged = new HashMap<Long, String>();
        for (int kill = 0; kill < kills; kill++) {
            acknowledged.putAll(acknowledgedUntilKilled("process " + kill, random.nextInt(LIFE_MILLIS)));
        }
        assertTrue(acknowledged.size() >= kills);
        long size = store.ledger().size();
        var leaves = new ArrayList<Bytes>();
        // Fails where one is missing.
        store.ledger().leaves(0, size, (index, hash, leaf) -> leaves.add(leaf));
        acknowledged.forEach((index, name) -> assertEquals(bare(name).leaf(), leaves.get(index.intValue())));
        assertEquals(List.of(size), dev.chancery.store.Sample.append(store.ledger(), bare("last")));
    }

    private Map<Long, String> acknowledgedUntilKilled(String name, int life) throws Exception {
        var process = start(name);
        var lines = new ArrayList<String>();
        try (var output = process.inputReader()) {
            lines.add(output.readLine());
            Thread.sleep(life);
            // Not Process.destroyForcibly, which closes the pipe as well.
            assertTrue(process.toHandle().destroyForcibly());
            output.lines().forEach(lines::add);
            process.waitFor();
        }
        lines.removeLast(); // may be cut
        var acknowledged = new HashMap<Long, String>();
        lines.forEach(line -> acknowledged.put(
                Long.valueOf(line.substring(0, line.indexOf(' '))), line.substring(line.indexOf(' ') + 1)));
        return acknowledged;
    }

    private Process start(String name) throws IOException {
        String place = switch (location) {
            case StoreLocation.SqliteFile(var path) -> path.toString();
            case StoreLocation.Postgres(var url, var user, var password) -> url;
        };
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        // Surefire hides the class path in the manifest of a jar and tells it in a property.
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        AppendingProcess.class.getName(),
                        place,
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
