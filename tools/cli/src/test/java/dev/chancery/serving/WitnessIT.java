// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged `chancery witness`: the first start makes all that it needs, and the next one finds it.
class WitnessIT {
    private static final String LOG = "log.example+010b2398+AcNwbYJ5MXwhHiUEFabeMvL4oLy1zOEvo8OTwUaviZeF";

    @TempDir
    private Path root;

    /// What it says of itself, and what it hands out.
    private record Told(String key, String handedOut) {}

    private Told start(Office office, String... words) throws Exception {
        var command =
                new ArrayList<>(List.of(Office.PACKAGED.resolve("bin/chancery").toString(), "witness", "--port", "0"));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(office.environment());
        var process = builder.start();
        try (var said = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            String url = after(said, "witnessing at ");
            String key = after(said, "its key is ");
            String shell = "curl -sf --cacert \"$CHANCERY_HOME/witness/certificate.pem\" " + url + "/key";
            var answer = Answer.to(office.work(), office.environment(), List.of("sh", "-c", shell));
            return new Told(key, answer.assertStatus(0).output().strip());
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static String after(BufferedReader said, String words) throws IOException {
        String line = String.valueOf(said.readLine());
        assertTrue(line.startsWith(words), line);
        return line.substring(words.length());
    }

    @Test
    void aWitnessNeedsNothingButItsLogs() throws Exception {
        var office = Office.none(root);
        var first = start(office, "--log", LOG);
        assertEquals(first.key(), first.handedOut());
        assertEquals(first, start(office));
        assertTrue(Files.isDirectory(root.resolve("office/witness/state")));
        office.run("witness", "--log", LOG).assertStatus(2);
        Files.move(root.resolve("office/witness/state"), root.resolve("state"));
        office.run("witness").assertStatus(4);
    }
}
