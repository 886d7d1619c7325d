// SPDX-License-Identifier: Apache-2.0
package dev.chancery.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import dev.chancery.processes.RunningEnclave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// "own small runtime image (`jlink`: only the modules it needs …)": made by the packaged program, and what
/// enclave and relay run on from then.
class LinkedRuntimeIT {
    /// An enclave may write below the directory for temporary files, and runs on nothing that it may write.
    private static final Path APP = Path.of(
            "/var/tmp/chancery-linked-%d".formatted(ProcessHandle.current().pid()));

    /// What jdk.security.auth requires is among them.
    private static final Set<String> MODULES = Set.of(
            "java.base",
            "java.logging",
            "java.naming",
            "java.security.jgss",
            "java.security.sasl",
            "jdk.net",
            "jdk.security.auth");

    @TempDir
    private static Path root = Path.of("");

    @BeforeAll
    static void link() {
        unlink();
        run("cp", "-r", Office.PACKAGED.toString(), APP.toString()).assertStatus(0);
        String modules = run(APP.resolve("bin/chancery-link-runtime").toString())
                .assertStatus(0)
                .output();
        assertEquals(
                MODULES,
                Stream.of(modules.strip().split(" ", -1))
                        .skip(1)
                        .map(module -> module.replaceFirst("@.*", ""))
                        .collect(Collectors.toSet()));
    }

    @AfterAll
    static void unlink() {
        run("rm", "-rf", APP.toString()).assertStatus(0);
    }

    private static Answer run(String... command) {
        return Answer.to(root, environment(Map.of()), List.of(command));
    }

    private static Map<String, String> environment(Map<String, String> more) {
        var environment = new HashMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", root.toString(), "LC_ALL", "C"));
        environment.putAll(more);
        return environment;
    }

    @Test
    void enclaveAndRelayRunOnItAndOnNothingElse() throws IOException {
        var office = Office.in(root);
        office.authority("release", "openpgp", "ed25519");
        RunningEnclave.configure(office, root, List.of(RunningEnclave.ME));
        Path file = Files.writeString(office.work().resolve("file"), "content\n");
        Path program = APP.resolve("bin/chancery");
        try (var enclave = RunningEnclave.start(program, environment(Map.of()), root)) {
            String maps = Files.readString(
                    Path.of("/proc/%d/maps".formatted(enclave.process().pid())));
            assertTrue(maps.contains(APP.resolve("runtime/lib/modules").toString()), maps);
            assertFalse(maps.contains(System.getProperty("java.home")), maps);
            String line = "\"%s\" relay %s <%s >file.sig".formatted(program, enclave.socket("relay"), file);
            var signed = Answer.to(office.work(), environment(Map.of()), List.of("sh", "-c", line));
            // A start-up cache that did not fit would be told of.
            assertEquals("", signed.assertStatus(0).toString().contains("warning") ? signed.toString() : "");
            StockTool.GPGV
                    .run(
                            office.work(),
                            "--keyring",
                            office.certificate("release").toString(),
                            "file.sig",
                            "file")
                    .assertStatus(0);
        }
        run(
                        program.toString(),
                        "enclave",
                        "--self-check",
                        root.resolve("enclave.json").toString())
                .assertStatus(0)
                .assertSays(" 0 allowed");
        aRuntimeForOtherJarsIsRefused(program);
    }

    private static void aRuntimeForOtherJarsIsRefused(Path program) throws IOException {
        run(program.toString(), "--version").assertStatus(0);
        Files.writeString(APP.resolve("runtime/app.sha256"), "0".repeat(64) + "\n");
        for (String process : new String[] {"enclave", "relay"}) {
            run(program.toString(), process, "anything").assertStatus(5).assertSays("was made for other jars");
            run(program.toString(), process, "--help").assertStatus(0);
        }
        Files.delete(APP.resolve("runtime/app.sha256"));
        run(program.toString(), "relay", "anything").assertStatus(5).assertSays("is not whole");
    }
}
