// SPDX-License-Identifier: Apache-2.0
package dev.chancery.vault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import dev.chancery.json.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys that were made in Vault: what they sign before the stock tools, before and after Vault rotated them,
/// and what happens when Vault is away.
class VaultIT {
    private static final String BEFORE = "before.tar";
    private static final String AFTER = "after.tar";

    @TempDir
    private static Path root = Path.of("");

    private static @Nullable RunningVault running;
    private static Office office = new Office(Path.of(""));

    @BeforeAll
    static void sign() throws IOException {
        var vault = RunningVault.in(root.resolve("vault"));
        running = vault;
        office = Office.in(root);
        secret("vault-token", vault.newToken());
        add("vault", "token:file:vault-token").assertStatus(0).assertSays("provider vault: transit of Vault at unix:");
        authority("rsa", "openpgp", "rsa-4096");
        authority("ed25519", "openpgp", "ed25519");
        authority("mails", "cms", "ecdsa-p256");
        authority("ssh", "sshsig", "ed25519");
        authority("images", "sigstore", "ecdsa-p256");
        office.authority("paper", "raw", "ecdsa-p256");
        Files.writeString(office.work().resolve(BEFORE), "content\n".repeat(50_000));
        Files.writeString(office.work().resolve(AFTER), "content\n".repeat(50_001));
        Files.writeString(office.work().resolve("tampered"), "content\n".repeat(49_999) + "Content\n");
        for (String tool : new String[] {"gpg", "openssl", "ssh", "cosign"}) {
            office.run("keyring", "export", "--for", tool, "for-" + tool).assertStatus(0);
        }
        sign(BEFORE);
        vault.rotate();
        sign(AFTER);
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
    }

    private static RunningVault vault() {
        return Objects.requireNonNull(running);
    }

    private static void secret(String name, String secret) throws IOException {
        Path file = root.resolve("office").resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret + "\n");
    }

    private static Answer add(String name, String login) {
        String address = "unix:" + vault().folder().resolve("vault.sock");
        return office.run("provider", "add", name, "--vault", address, "--login", login);
    }

    private static void authority(String name, String format, String algorithm) {
        office.run("authority", "add", name, "--provider", "vault", "--format", format, "--algorithm", algorithm)
                .assertStatus(0);
    }

    private static void sign(String file) {
        var signing = new ArrayList<>(List.of("sign", file));
        List.of("rsa", "ed25519", "mails", "ssh", "images")
                .forEach(authority -> signing.addAll(List.of("--as", authority)));
        office.run(signing).assertStatus(0);
    }

    private static Answer tool(StockTool tool, String... arguments) {
        return tool.run(office.work(), arguments);
    }

    @Test
    void gpgvAndSqvAcceptRsaAndEd25519AcrossARotation() {
        for (String authority : new String[] {"rsa", "ed25519"}) {
            String keyring = "./for-gpg/" + authority + ".gpg";
            for (String file : new String[] {BEFORE, AFTER}) {
                String signature = file + "." + authority + ".asc";
                tool(StockTool.GPGV, "--status-fd", "1", "--keyring", keyring, signature, file)
                        .assertStatus(0)
                        .assertSays("[GNUPG:] GOODSIG ");
                tool(StockTool.GPGV, "--keyring", keyring, signature, "tampered")
                        .assertFails();
                tool(StockTool.SQV, "--keyring", keyring, signature, file).assertStatus(0);
                tool(StockTool.SQV, "--keyring", keyring, signature, "tampered").assertFails();
            }
        }
        tool(StockTool.SQV, "--keyring", "for-gpg/rsa.gpg", AFTER + ".ed25519.asc", AFTER)
                .assertFails();
    }

    @Test
    void opensslAcceptsCmsAcrossARotation() {
        for (String file : new String[] {BEFORE, AFTER}) {
            cms(file, file).assertStatus(0).assertSays("Verification successful");
            cms(file, "tampered").assertFails();
        }
    }

    private static Answer cms(String signed, String content) {
        String anchor = root.resolve("office/keyring/mails.cms.pem").toString();
        var arguments = new ArrayList<>(List.of("cms", "-verify", "-binary", "-inform", "DER", "-partial_chain"));
        arguments.addAll(List.of("-in", signed + ".mails.p7s", "-content", content, "-CAfile", anchor));
        arguments.addAll(List.of("-purpose", "any", "-out", "verified"));
        return tool(StockTool.OPENSSL, arguments.toArray(String[]::new));
    }

    @Test
    void sshKeygenAcceptsEd25519AcrossARotation() throws IOException {
        for (String file : new String[] {BEFORE, AFTER}) {
            ssh(file, file).assertStatus(0).assertSays("Good \"file\" signature for ssh");
            ssh(file, "tampered").assertFails();
        }
    }

    private static Answer ssh(String signed, String content) throws IOException {
        String signature = signed + ".ssh.sshsig";
        var arguments = new ArrayList<>(List.of("-Y", "verify", "-n", "file", "-I", "ssh", "-s", signature));
        arguments.addAll(List.of("-f", "for-ssh/allowed_signers"));
        String input = Files.readString(office.work().resolve(content));
        return StockTool.SSH_KEYGEN.run(office.work(), Map.of(), arguments, input);
    }

    @Test
    void cosignAcceptsP256AcrossARotation() {
        for (String file : new String[] {BEFORE, AFTER}) {
            cosign(file, file).assertStatus(0);
            cosign(file, "tampered").assertFails();
        }
    }

    private static Answer cosign(String signed, String content) {
        var arguments = new ArrayList<>(List.of("verify-blob", "--new-bundle-format"));
        arguments.addAll(List.of("--trusted-root", "for-cosign/trusted_root.json", "--insecure-ignore-tlog=true"));
        arguments.addAll(List.of("--key", "for-cosign/images.cosign.pub"));
        arguments.addAll(List.of("--bundle", signed + ".images.sigstore.json", content));
        return tool(StockTool.COSIGN, arguments.toArray(String[]::new));
    }

    @Test
    void aNewKeyAfterARotationIsAKeyOfItsOwn() throws IOException {
        authority("next", "openpgp", "ed25519");
        office.run("sign", AFTER, "--as", "next").assertStatus(0);
        office.run("verify", AFTER, "--require", "next").assertStatus(0);
        office.run("verify", AFTER, "--require", "rsa").assertStatus(0);
        assertTrue(Files.readString(handle("next.openpgp.")).contains("\"vault_key_version\": 1"));
    }

    private static Path handle(String start) throws IOException {
        try (var files = Files.list(root.resolve("office/tokens/vault"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theListsSayWhereKeysAre() {
        office.run("authority", "list").assertStatus(0).assertSays("in vault");
        office.run("provider", "list").assertStatus(0).assertSays("vault.sock, there");
        office.run("provider", "list", "--json")
                .assertStatus(0)
                .assertSays("\"kind\": \"vault\"")
                .assertSays("\"login\": \"token:file:vault-token\"");
    }

    @Test
    void whatIsWrongWithAProviderIsSaidWhenItIsAdded() throws IOException {
        add("vault", "token:file:vault-token").assertStatus(3).assertSays("is there already");
        add("other", "password:x").assertStatus(3).assertSays("is not token:SOURCE");
        secret("wrong", "hvs.wrong");
        add("other", "token:file:wrong")
                .assertStatus(4)
                .assertSays("invalid token")
                .assertSays("hint: --login");
        office.run("provider", "add", "other", "--vault", "http://vault.example.org:8200", "--login", "agent")
                .assertStatus(3)
                .assertSays("would show the token to the network");
        office.run("provider", "add", "other", "--vault", "unix:/nowhere/vault.sock", "--login", "agent")
                .assertStatus(5)
                .assertSays("cannot be asked");
        office.run("provider", "add", "other", "--vault", "unix:/nowhere/vault.sock", "--pin", "prompt")
                .assertStatus(2)
                .assertSays("--pin is of a token, and --vault of a Vault");
        office.run("provider", "add", "other", "--vault", "unix:/nowhere/vault.sock")
                .assertStatus(2)
                .assertSays("a Vault --vault and --login");
        office.run("provider", "list").assertStatus(0);
    }

    /// Whoever needs Vault hears that it is sealed; nobody else notices.
    @Test
    void aSealedVaultStopsNoOtherKey() throws IOException {
        vault().ask("POST", "sys/seal", new JsonFields());
        try {
            office.run("sign", AFTER, "--as", "ssh", "--output", "none")
                    .assertStatus(5)
                    .assertSays("is sealed");
            office.run("sign", AFTER, "--as", "paper", "--output", "sealed.sig").assertStatus(0);
            office.run("provider", "list").assertStatus(0).assertSays("not there");
        } finally {
            vault().unseal();
        }
        office.run("sign", AFTER, "--as", "ssh", "--output", "back.sshsig").assertStatus(0);
    }

    @Test
    void aHandleWithAnotherExpirySignsNothing() throws IOException {
        Path handle = handle("images.sigstore.");
        String text = Files.readString(handle);
        Files.writeString(handle, text.replaceFirst("\"expires\": \"20..-", "\"expires\": \"2099-"));
        try {
            office.run("sign", AFTER, "--as", "images", "--output", "forged")
                    .assertStatus(4)
                    .assertSays("has no key chancery-");
        } finally {
            Files.writeString(handle, text);
        }
    }
}
