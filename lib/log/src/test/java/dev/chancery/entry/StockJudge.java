// SPDX-License-Identifier: Apache-2.0
package dev.chancery.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// A program of others that judges what we write. Where it is missing the test is skipped, or fails where it
/// must not.
public record StockJudge(String program, String remedy) {
    /// `src/test/judge`: golang.org/x/mod/sumdb and filippo.io/torchwood.
    public static final StockJudge LOG = new StockJudge("log-judge", "lib/log/src/test/judge/build makes it");
    public static final StockJudge COSIGN = new StockJudge("cosign", "version 3 is in Debian forky");

    /// What it answered, on both outputs.
    public record Answer(int status, String output) {
        public Answer assertAccepts() {
            assertEquals(0, status, output);
            return this;
        }

        public Answer assertRefuses() {
            assertNotEquals(0, status, output);
            return this;
        }
    }

    public Answer run(Path folder, String... arguments) {
        var command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().put("HOME", folder.toString());
            var process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), output);
        } catch (IOException e) {
            if (System.getProperty("interop", "").equals("required")) {
                return fail(program + " is not on the path: " + remedy, e);
            }
            return Assumptions.abort("skipped: " + program + " is not on the path: " + remedy);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
