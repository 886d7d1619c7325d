// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.processes.RunningEnclave;
import dev.chancery.protocol.EnclaveClient;
import dev.chancery.protocol.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An enclave whose keys are in a token: sealed but for what the token's module needs. "Token removal and
/// return survive without restart."
class TokenEnclaveIT {
    /// As in SelfCheckIT, less what is exempt.
    private static final int TRIED_MIN = 650;

    @TempDir
    private static Path root;

    private static TokenOffice office;

    @BeforeAll
    static void makeOffice() throws IOException {
        Path module = TokenOffice.module();
        office = TokenOffice.in(root);
        office.run("provider", "add", "hsm", "--module", module.toString(), "--token", "release", "--pin", "file:pin")
                .assertStatus(0);
        office.run(
                        "authority",
                        "add",
                        "release",
                        "--provider",
                        "hsm",
                        "--format",
                        "openpgp",
                        "--algorithm",
                        "ecdsa-p256")
                .assertStatus(0);
        office.run("authority", "add", "ssh", "--provider", "hsm", "--format", "sshsig", "--algorithm", "ed25519")
                .assertStatus(0);
        RunningEnclave.permit(office.home(), List.of(RunningEnclave.ME));
        // The door's user has his own list of files, and the module its own: nothing of the office but these.
        Files.writeString(root.resolve("enclave.json"), """
                {
                  "version": 1,
                  "rules": "office/rules.json",
                  "keys": [{"provider": "pkcs11", "directory": "office/tokens/hsm", "module": "%s",
                    "token": "release", "pin": "file:office/pin",
                    "module_needs": {"read": ["softhsm2.conf", "tokens"],
                      "environment": ["SOFTHSM2_CONF=%s"]}}],
                  "audit": {"file": "state/audit.jsonl", "copy_to_standard_output": false},
                  "doors": [
                    {"kind": "request", "socket": "state/requests.sock"},
                    {"kind": "stream", "socket": "state/release.sock", "conversation": "relay",
                     "authority": "release", "format": "openpgp", "encoding": "binary"},
                    {"kind": "stream", "socket": "state/ssh.sock", "conversation": "relay",
                     "authority": "ssh", "format": "sshsig"}
                  ]
                }
                """.formatted(module, root.resolve("softhsm2.conf")));
        Files.createDirectories(root.resolve("state"));
        office.run("keyring", "export", "--for", "gpg", "for-gpg").assertStatus(0);
        office.run("keyring", "export", "--for", "ssh", "for-ssh").assertStatus(0);
        Files.writeString(office.work("file"), "content\n");
    }

    private static TokenOffice.Answer sign(String door) {
        String line = "\"%s\" relay %s <file >file.%s".formatted(TokenOffice.COMMAND, door(door), door);
        return office.tool("sh", "-c", line);
    }

    private static Path door(String name) {
        return root.resolve("state").resolve(name + ".sock");
    }

    private static List<String> faults() {
        try (var client = EnclaveClient.connect(door("requests"))) {
            return client.health().keys().stream()
                    .map(Health.KeyHealth::fault)
                    .flatMap(java.util.Optional::stream)
                    .toList();
        }
    }

    @Test
    void keysOfTheTokenSignInASealedProcessAndOutliveItsRemoval() throws IOException {
        TokenOffice.require("gpgv", "ssh-keygen");
        try (var enclave = RunningEnclave.start(office.environment(), root)) {
            assertSignsForTheStockTools();
            assertEquals(List.of(), faults());
            office.unplug();
            try {
                sign("ssh").assertStatus(5).assertSays("token \"release\" is not there");
                assertEquals(1, faults().size());
                assertTrue(faults().getFirst().contains("is not there"), faults().toString());
            } finally {
                office.plugIn();
            }
            assertSignsForTheStockTools();
            assertEquals(List.of(), faults());
            assertTrue(enclave.process().isAlive());
        }
        office.run("audit", "verify", root.resolve("state/audit.jsonl").toString())
                .assertStatus(0);
    }

    private static void assertSignsForTheStockTools() {
        sign("release").assertStatus(0);
        office.tool("gpgv", "--keyring", "./for-gpg/release.gpg", "file.release", "file")
                .assertStatus(0);
        sign("ssh").assertStatus(0);
        office.tool("sh", "-c", "ssh-keygen -Y verify -f for-ssh/allowed_signers -I ssh -n file -s file.ssh <file")
                .assertStatus(0);
    }

    /// "says which are unavailable without stopping the rest", and finds them when they come.
    @Test
    void aTokenThatIsAwayAtTheStartIsFoundLater() throws IOException {
        office.unplug();
        boolean away = true;
        try (var enclave = RunningEnclave.start(office.environment(), root)) {
            assertEquals(2, faults().size());
            sign("ssh").assertStatus(5);
            office.plugIn();
            away = false;
            sign("ssh").assertStatus(0);
            assertEquals(1, faults().size(), "of the key that was not asked for yet");
            assertTrue(enclave.process().isAlive());
        } finally {
            if (away) {
                office.plugIn();
            }
        }
    }

    @Test
    void whatTheModuleDoesNotNeedIsForbidden() {
        var answer = office.run(
                        "enclave", "--self-check", root.resolve("enclave.json").toString())
                .assertStatus(0);
        var tried = answer.output()
                .lines()
                .filter(line -> line.startsWith("forbidden"))
                .toList();
        assertTrue(tried.size() > TRIED_MIN, answer.toString());
        answer.assertSays(" 0 allowed");
        for (String beside : List.of("socket(AF_UNIX)", "socket(AF_INET)", "openat(/)", "fchmod", "execve")) {
            assertTrue(tried.stream().anyMatch(line -> line.contains(beside)), beside);
        }
        office.run("config", "check", root.resolve("enclave.json").toString())
                .assertStatus(0)
                .assertSays("in token \"release\" of module")
                .assertSays("it may read ");
    }
}
