// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tokens;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys that were made in a token: what they sign before the stock tools, and what happens when the token
/// is away or the PIN is another one.
class TokenIT {
    private static final String FILE = "artifact.tar";

    @TempDir
    private static Path root;

    private static TokenOffice office;

    @BeforeAll
    static void sign() throws IOException {
        Path module = TokenOffice.module();
        office = TokenOffice.in(root);
        office.run("provider", "add", "hsm", "--module", module.toString(), "--token", "release", "--pin", "file:pin")
                .assertStatus(0)
                .assertSays("provider hsm: token \"release\"");
        add("rsa", "openpgp", "rsa-4096");
        add("ed25519", "openpgp", "ed25519");
        add("mails", "cms", "ecdsa-p256");
        add("ssh", "sshsig", "ed25519");
        add("images", "sigstore", "ecdsa-p256");
        add("says", "statement", "ecdsa-p256");
        add("marks", "tag", "ecdsa-p256");
        office.run("authority", "add", "paper", "--format", "raw").assertStatus(0);
        Files.writeString(office.work(FILE), "content\n".repeat(50_000));
        Files.writeString(office.work("tampered"), "content\n".repeat(49_999) + "Content\n");
        var signing = new ArrayList<>(List.of("sign", FILE));
        List.of("rsa", "ed25519", "mails", "ssh", "images", "paper")
                .forEach(authority -> signing.addAll(List.of("--as", authority)));
        office.run(signing.toArray(String[]::new)).assertStatus(0);
        for (String tool : new String[] {"gpg", "openssl", "ssh", "cosign"}) {
            office.run("keyring", "export", "--for", tool, "for-" + tool).assertStatus(0);
        }
    }

    private static void add(String name, String format, String algorithm) {
        office.run("authority", "add", name, "--provider", "hsm", "--format", format, "--algorithm", algorithm)
                .assertStatus(0);
    }

    private static String signature(String authority, String suffix) {
        return FILE + "." + authority + suffix;
    }

    @Test
    void gpgvAndSqvAcceptRsaAndEd25519() {
        TokenOffice.require("gpgv", "sqv");
        for (String authority : new String[] {"rsa", "ed25519"}) {
            String keyring = "./for-gpg/" + authority + ".gpg";
            String signature = signature(authority, ".asc");
            office.tool("gpgv", "--status-fd", "1", "--keyring", keyring, signature, FILE)
                    .assertStatus(0)
                    .assertSays("[GNUPG:] GOODSIG ");
            office.tool("gpgv", "--keyring", keyring, signature, "tampered").assertFails();
            office.tool("sqv", "--keyring", keyring, signature, FILE).assertStatus(0);
            office.tool("sqv", "--keyring", keyring, signature, "tampered").assertFails();
        }
        office.tool("sqv", "--keyring", "for-gpg/rsa.gpg", signature("ed25519", ".asc"), FILE)
                .assertFails();
    }

    @Test
    void opensslAcceptsCms() {
        TokenOffice.require("openssl");
        cms(FILE).assertStatus(0).assertSays("Verification successful");
        cms("tampered").assertFails();
    }

    private static TokenOffice.Answer cms(String content) {
        String line = "openssl cms -verify -binary -inform DER -in %s -content %s -CAfile %s"
                .formatted(signature("mails", ".p7s"), content, root.resolve("office/keyring/mails.cms.pem"));
        return office.tool("sh", "-c", line + " -partial_chain -purpose any -out /dev/null");
    }

    @Test
    void sshKeygenAcceptsEd25519() {
        TokenOffice.require("ssh-keygen");
        ssh(FILE).assertStatus(0).assertSays("Good \"file\" signature for ssh");
        ssh("tampered").assertFails();
    }

    private static TokenOffice.Answer ssh(String content) {
        String line = "ssh-keygen -Y verify -f for-ssh/allowed_signers -I ssh -n file -s %s < %s"
                .formatted(signature("ssh", ".sshsig"), content);
        return office.tool("sh", "-c", line);
    }

    @Test
    void cosignAcceptsP256() {
        TokenOffice.require("cosign");
        cosign(FILE).assertStatus(0);
        cosign("tampered").assertFails();
    }

    private static TokenOffice.Answer cosign(String content) {
        return office.tool(
                "cosign",
                "verify-blob",
                "--new-bundle-format",
                "--trusted-root",
                "for-cosign/trusted_root.json",
                "--insecure-ignore-tlog=true",
                "--key",
                "for-cosign/images.cosign.pub",
                "--bundle",
                signature("images", ".sigstore.json"),
                content);
    }

    @Test
    void statementsTagsAndRequestsAreSignedInTheTokenToo() {
        office.run("attest", FILE, "--as", "says", "--param", "build=7").assertStatus(0);
        office.run("verify", FILE, "--attested", "says", "--param", "build=7").assertStatus(0);
        office.run("tag", "create", "bundle-1.0", "--as", "marks", "--param", "build=7")
                .assertStatus(0);
        office.run("tag", "show", "bundle-1.0", "--require", "marks").assertStatus(0);
        office.run("certificate", "request", "mails").assertStatus(0).assertSays("BEGIN CERTIFICATE REQUEST");
    }

    @Test
    void theListsSayWhereKeysAre() {
        office.run("authority", "list").assertStatus(0).assertSays("in hsm");
        office.run("authority", "list", "--json").assertStatus(0).assertSays("\"provider\": \"hsm\"");
        office.run("provider", "list").assertStatus(0).assertSays("libsofthsm2.so\", there");
        office.run("authority", "add", "rsa", "--format", "openpgp").assertStatus(4);
        office.run("authority", "add", "new", "--provider", "other")
                .assertStatus(4)
                .assertSays("no key provider other");
        String module = TokenOffice.module().toString();
        office.run("provider", "add", "hsm", "--module", module, "--token", "release", "--pin", "file:pin")
                .assertStatus(3);
        office.run("provider", "add", "second", "--module", module, "--token", "absent", "--pin", "file:pin")
                .assertStatus(5)
                .assertSays("CKR_TOKEN_NOT_PRESENT");
    }

    /// Whoever needs the token hears that it is away; nobody else notices.
    @Test
    void aTokenThatIsAwayStopsNoOtherKey() throws IOException {
        office.unplug();
        try {
            office.run("sign", FILE, "--as", "ssh", "--output", "none")
                    .assertStatus(5)
                    .assertSays("token \"release\" is not there");
            office.run("sign", FILE, "--as", "paper", "--output", "away.sig").assertStatus(0);
            office.run("authority", "list").assertStatus(0).assertSays("in hsm");
            office.run("provider", "list").assertStatus(0).assertSays("not there");
        } finally {
            office.plugIn();
        }
        office.run("sign", FILE, "--as", "ssh", "--output", "back.sshsig").assertStatus(0);
    }

    @Test
    void aWrongPinIsRefusedAndAnotherKeySigns() throws IOException {
        office.pin("87654321");
        try {
            office.run("sign", FILE, "--as", "ssh", "--output", "none")
                    .assertStatus(4)
                    .assertSays("CKR_PIN_INCORRECT")
                    .assertSays("hint: tokens lock");
            office.run("sign", FILE, "--as", "paper", "--output", "wrong-pin.sig")
                    .assertStatus(0);
        } finally {
            office.rightPin();
        }
        office.run("sign", FILE, "--as", "ssh", "--output", "right-pin.sshsig").assertStatus(0);
    }

    /// Keys in a token need no passphrase, not even a right one.
    @Test
    void aMissingPassphraseStopsNoKeyInTheToken() throws IOException {
        Path passphrase = office.home().resolve("passphrase");
        Path hidden = office.home().resolve("hidden");
        Files.move(passphrase, hidden);
        try {
            office.run("sign", FILE, "--as", "paper", "--output", "none").assertStatus(5);
            office.run("sign", FILE, "--as", "ssh", "--output", "alone.sshsig").assertStatus(0);
        } finally {
            Files.move(hidden, passphrase);
        }
    }

    @Test
    void aHandleWithAnotherExpirySignsNothing() throws IOException {
        Path handle = handle("says.statement.");
        String text = Files.readString(handle);
        Files.writeString(handle, text.replaceFirst("\"expires\": \"20..-", "\"expires\": \"2099-"));
        try {
            office.run("attest", FILE, "--as", "says", "--param", "a=b", "--label", "forged")
                    .assertStatus(4)
                    .assertSays("the token has no private key");
        } finally {
            Files.writeString(handle, text);
        }
    }

    private static Path handle(String start) throws IOException {
        try (var files = Files.list(office.home().resolve("tokens/hsm"))) {
            var found = files.filter(file -> file.getFileName().toString().startsWith(start))
                    .toList();
            assertTrue(found.size() == 1, found.toString());
            return found.getFirst();
        }
    }
}
