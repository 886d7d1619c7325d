// SPDX-License-Identifier: Apache-2.0
package dev.chancery.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import dev.chancery.json.JsonFields;
import dev.chancery.processes.RunningEnclave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An enclave whose keys are in Vault: sealed but for "exactly that connection", across a rotation, a seal of
/// Vault and its death.
class VaultEnclaveIT {
    @TempDir
    private Path root = Path.of("");

    private Office office = new Office(Path.of(""));

    private void makeOffice(RunningVault vault, String token) throws IOException {
        office = Office.in(root);
        Path file = root.resolve("office/vault-token");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, token + "\n");
        String socket = "unix:" + vault.folder().resolve("vault.sock");
        office.run("provider", "add", "vault", "--vault", socket, "--login", "token:file:vault-token")
                .assertStatus(0);
        office.run("authority", "add", "release", "--provider", "vault", "--format", "openpgp")
                .assertStatus(0);
        office.run("keyring", "export", "--for", "gpg", "for-gpg").assertStatus(0);
        RunningEnclave.permit(root.resolve("office"), List.of(RunningEnclave.ME));
        Files.createDirectories(root.resolve("state"));
        Files.writeString(office.work().resolve("file"), "content\n");
    }

    private void configure(String address) throws IOException {
        Files.writeString(root.resolve("enclave.json"), """
                {
                  "version": 1,
                  "rules": "office/rules.json",
                  "keys": [{"provider": "vault", "directory": "office/tokens/vault", %s,
                    "login": "token:file:office/vault-token"}],
                  "audit": {"file": "state/audit.jsonl", "copy_to_standard_output": false},
                  "doors": [{"kind": "stream", "socket": "state/release.sock", "conversation": "relay",
                     "authority": "release", "format": "openpgp", "encoding": "binary"}]
                }
                """.formatted(address));
    }

    private Answer sign() {
        String line = "\"%s\" relay %s <file >file.sig"
                .formatted(Office.PACKAGED.resolve("bin/chancery"), root.resolve("state/release.sock"));
        return Answer.to(office.work(), office.environment(), List.of("sh", "-c", line));
    }

    private void assertSigns() {
        sign().assertStatus(0);
        StockTool.GPGV
                .run(office.work(), "--keyring", "./for-gpg/release.gpg", "file.sig", "file")
                .assertStatus(0);
    }

    @Test
    void overASocketItOutlivesRotationSealAndAnotherToken() throws IOException {
        try (var vault = RunningVault.in(root.resolve("vault"))) {
            String token = vault.newToken();
            makeOffice(vault, token);
            configure("\"address\": \"unix:%s\"".formatted(vault.folder().resolve("vault.sock")));
            try (var enclave = RunningEnclave.start(office.environment(), root)) {
                assertSigns();
                vault.rotate();
                assertSigns();
                vault.ask("POST", "sys/seal", new JsonFields());
                sign().assertStatus(5).assertSays("is sealed");
                vault.unseal();
                assertSigns();
                // An agent that writes a new token: the old one is no good any more.
                Files.writeString(root.resolve("office/vault-token"), vault.newToken() + "\n");
                vault.ask("POST", "auth/token/revoke", new JsonFields().put("token", token));
                assertSigns();
                assertTrue(enclave.process().isAlive());
            }
            forbidsAllElse("socket(AF_INET)");
        }
    }

    @Test
    void overTlsItReachesOnePort() throws IOException {
        try (var vault = RunningVault.in(root.resolve("vault"))) {
            makeOffice(vault, vault.newToken());
            String port =
                    Files.readString(vault.folder().resolve("ports")).strip().split(" ", -1)[1];
            configure("\"address\": \"https://localhost:%s\", \"ca\": \"vault/ca.pem\"".formatted(port));
            try (var enclave = RunningEnclave.start(office.environment(), root)) {
                assertSigns();
                vault.kill();
                sign().assertStatus(5).assertSays("cannot be asked");
                // Whoever listens there now is not who was trusted at the start.
                try (var other = RunningVault.started(vault.folder())) {
                    sign().assertStatus(4).assertSays("is not trusted");
                    assertTrue(other.process().isAlive());
                }
                assertTrue(enclave.process().isAlive());
            }
            forbidsAllElse("socket(AF_UNIX)");
        }
    }

    private void forbidsAllElse(String beside) {
        var check = office.run(
                        "enclave", "--self-check", root.resolve("enclave.json").toString())
                .assertStatus(0)
                .assertSays(" 0 allowed");
        assertTrue(check.output().lines().anyMatch(line -> line.startsWith("forbidden") && line.contains(beside)));
        var explained =
                office.run("config", "check", root.resolve("enclave.json").toString());
        explained.assertStatus(0).assertSays("in transit of Vault at ");
        assertEquals(
                1,
                explained
                        .output()
                        .lines()
                        .filter(line -> line.startsWith("keys"))
                        .count());
    }
}
