// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A program that people have. Where it is missing the test is skipped; with `-Dinterop=required` it fails.
public final class StockTool {
    private static final int SECONDS_MAX = 60;

    private StockTool() {}

    /// What a program said.
    ///
    /// @param text standard output and standard error
    public record Said(int exit, String text) {}

    public static Said run(String program, String... arguments) throws IOException, InterruptedException {
        boolean there = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!there) {
            if (System.getProperty("interop", "").equals("required")) {
                fail(program + " is not installed");
            }
            Assumptions.abort(program + " is not installed");
        }
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        var process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail(program + " does not end");
        }
        return new Said(process.exitValue(), text);
    }
}
