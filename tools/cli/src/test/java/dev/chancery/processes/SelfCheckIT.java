// SPDX-License-Identifier: Apache-2.0
package dev.chancery.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Office;
import dev.chancery.protocol.EnclaveClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// "`chancery enclave --self-check` tries every forbidden thing and prints a table; tests run it as a real
/// process and count any success as failure."
class SelfCheckIT {
    /// Things that are tried on each of four threads, and more: see SandboxTest for what they are.
    private static final int TRIED_MIN = 700;

    @TempDir
    private static Path root;

    @Test
    void everythingForbiddenFailsInThePackagedEnclave() throws IOException {
        var office = Office.in(root);
        office.authority("release", "minisign", "ed25519");
        RunningEnclave.configure(office, root, List.of(RunningEnclave.ME));
        Path file = root.resolve("enclave.json");
        Files.writeString(
                file, Files.readString(file).replace("\"openpgp\", \"encoding\": \"binary\"", "\"minisign\""));
        var answer = office.run("enclave", "--self-check", file.toString()).assertStatus(0);
        var lines = answer.output().lines().toList();
        assertTrue(lines.size() > TRIED_MIN, answer.output());
        assertEquals(
                List.of(),
                lines.stream().filter(line -> line.startsWith("ALLOWED")).toList());
        assertTrue(lines.getLast().endsWith(" tried, 0 allowed"), lines.getLast());
        try (var enclave = RunningEnclave.start(office, root);
                var client = EnclaveClient.connect(enclave.socket("requests"))) {
            var confinement = client.health().confinement();
            assertTrue(
                    confinement.containsAll(List.of("seccomp", "not-dumpable", "core-limit", "environment")),
                    confinement.toString());
            assertEquals(2, enclave.kibibytes("Seccomp"));
            assertEquals(1, enclave.kibibytes("NoNewPrivs"));
            // Whether this kernel has it nobody else can tell us; where CI runs it is there.
            if (!confinement.contains("landlock")) {
                assertNotEquals("required", System.getProperty("interop", ""), "this kernel has no Landlock");
                Assumptions.abort("this kernel has no Landlock; all else was forbidden");
            }
        }
    }
}
