// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our CMS signatures before `openssl cms -verify`, and those of `openssl cms -sign` before `chancery verify`.
class CmsIT {
    private static final List<String> ALGORITHMS =
            List.of("ecdsa-p256", "ecdsa-p384", "rsa-3072", "rsa-4096", "ed25519");
    private static final String FILE = "artifact.tar";
    /// Bytes: several of the reader's buffers and half a block.
    private static final int FILE_BYTES = 300_001;

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void sign() throws IOException {
        StockTool.OPENSSL.require();
        office = Office.in(root);
        ALGORITHMS.forEach(algorithm -> office.authority(algorithm, "cms", algorithm));
        office.authority("other", "cms", "ecdsa-p256");
        byte[] content = new byte[FILE_BYTES];
        new Random(1).nextBytes(content);
        Files.write(work(FILE), content);
        var arguments = new ArrayList<>(List.of("sign", FILE, "--as", "other"));
        ALGORITHMS.forEach(algorithm -> arguments.addAll(List.of("--as", algorithm)));
        office.run(arguments).assertStatus(0);
        office.keyring();
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    private static Path certificate(String authority) {
        return root.resolve("for-openssl").resolve(authority + ".cms.pem");
    }

    private static Answer openssl(String line) {
        return Answer.to(
                office.work(),
                StockTool.environment(office.work(), Map.of()),
                List.of("sh", "-c", "exec openssl " + line));
    }

    private static Answer verify(Path signature, Path file, Path trusted) {
        return openssl("cms -verify -binary -inform DER -in %s -content %s -CAfile %s %s"
                .formatted(signature, file, trusted, "-partial_chain -purpose any -out /dev/null"));
    }

    private static Path tamperedFile() throws IOException {
        byte[] bytes = Files.readAllBytes(work(FILE));
        bytes[bytes.length / 2] ^= 1;
        return Files.write(work("tampered-file"), bytes);
    }

    /// The last bit of the value changed.
    private static Path tamperedSignature(Path signature) throws IOException {
        byte[] bytes = Files.readAllBytes(signature);
        bytes[bytes.length - 1] ^= 1;
        return Files.write(work("tampered-signature"), bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecdsa-p256", "ecdsa-p384", "rsa-3072", "rsa-4096"})
    void opensslAcceptsOurSignatureAndNoDamagedOne(String authority) throws IOException {
        Path signature = work(FILE + "." + authority + ".p7s");
        verify(signature, work(FILE), certificate(authority)).assertStatus(0).assertSays("Verification successful");
        verify(signature, tamperedFile(), certificate(authority)).assertFails();
        verify(tamperedSignature(signature), work(FILE), certificate(authority)).assertFails();
        verify(signature, work(FILE), certificate("other")).assertFails();
        verify(work("missing.p7s"), work(FILE), certificate(authority)).assertFails();
        openssl("cms -verify -cades -binary -inform DER -in %s -content %s -CAfile %s -out /dev/null"
                        .formatted(signature, work(FILE), certificate(authority)))
                .assertStatus(0);
    }

    /// RFC 8419 came after OpenSSL 3.0, which says so; the day it accepts one this test and the documents
    /// change.
    @Test
    void openssl30KnowsNoEd25519InCms() {
        var answer = verify(work(FILE + ".ed25519.p7s"), work(FILE), certificate("ed25519"));
        if (answer.status() != 0) {
            answer.assertSays("invalid digest");
        }
    }

    @Test
    void twoAuthoritiesShareAFileAndNeitherCountsTwice() throws IOException {
        Files.copy(work(FILE), work("joined.tar"));
        office.run("sign", "joined.tar", "--as", "ecdsa-p256", "--format", "cms", "--join")
                .assertStatus(0);
        office.run("sign", "joined.tar", "--as", "rsa-3072", "--as", "ecdsa-p384", "--format", "cms", "--join")
                .assertStatus(0);
        Path joined = work("joined.tar.p7s");
        Path all = work("all.pem");
        Files.writeString(
                all,
                Files.readString(certificate("ecdsa-p256"))
                        + Files.readString(certificate("ecdsa-p384"))
                        + Files.readString(certificate("rsa-3072")));
        verify(joined, work(FILE), all).assertStatus(0);
        verify(joined, tamperedFile(), all).assertFails();
        verify(joined, work(FILE), certificate("rsa-3072")).assertFails();
        var counted = office.run("verify", "joined.tar", "--require", "3:ecdsa-p256,ecdsa-p384,rsa-3072");
        counted.assertStatus(0);
        office.run("verify", "joined.tar", "--require", "2:ecdsa-p256,other").assertStatus(1);
        office.run("sign", "joined.tar", "--as", "ecdsa-p256", "--format", "cms", "--join")
                .assertStatus(4)
                .assertSays("takes no second signature by one key");
        office.run("sign", "joined.tar", "--as", "ecdsa-p256", "--format", "cms", "--join", "--force")
                .assertStatus(0);
        verify(joined, work(FILE), all).assertStatus(0);
        office.run("verify", "joined.tar", "--require", "3:ecdsa-p256,ecdsa-p384,rsa-3072")
                .assertStatus(0);
    }

    @Test
    void chanceryAcceptsEachAndRefusesEachDamageForItsReason() throws IOException {
        var findings = office.verify(office.keyring(), "ecdsa-p256", List.of(FILE));
        for (String authority : ALGORITHMS) {
            Path signature = work(FILE + "." + authority + ".p7s");
            assertEquals("good " + authority, findings.get(FILE + "." + authority + ".p7s"));
            assertReason("other-content", keyring(certificate(authority)), signature, tamperedFile());
            assertReason("other-content", keyring(certificate(authority)), tamperedSignature(signature), work(FILE));
            assertReason("unknown-key", keyring(certificate("other")), signature, work(FILE));
        }
    }

    /// A keyring with one authority, always named `one`.
    private static Path keyring(Path certificates) throws IOException {
        Path keyring = Files.createTempDirectory(root, "keyring");
        Files.copy(certificates, keyring.resolve("one.cms.pem"));
        return keyring;
    }

    private static void assertReason(String reason, Path keyring, Path signature, Path file) {
        var findings = office.verify(keyring, "one", List.of(file.toString(), "--signature", signature.toString()));
        assertEquals(List.of(reason), List.copyOf(findings.values()), signature + " over " + file);
    }

    /// A key of openssl's with a certificate that it signs itself.
    private static void made(String name, String key) {
        openssl("req -x509 -newkey %s -nodes -keyout %s.key -out %s.pem -subj /CN=%s -days 30"
                        .formatted(key, name, name, name))
                .assertStatus(0);
    }

    private static void signed(String name, String options) {
        openssl("cms -sign -binary -in %s -out %s %s".formatted(FILE, name, options))
                .assertStatus(0);
    }

    /// What `openssl cms -sign` may be asked for, and what becomes of it here.
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("-outform DER", "good one"),
            Map.entry("-outform DER -cades", "good one"),
            Map.entry("-outform DER -keyid", "good one"),
            Map.entry("-outform DER -md sha512", "good one"),
            Map.entry("-outform DER -nocerts", "good one"),
            Map.entry("-outform DER -nosmimecap", "good one"),
            Map.entry("-outform DER -noattr", "unsupported"),
            Map.entry("-outform DER -md sha1", "unsupported"),
            Map.entry("-outform DER -nodetach", "malformed"),
            Map.entry("-outform DER -nodetach -stream", "malformed"),
            Map.entry("-outform PEM", "malformed"),
            Map.entry("-outform SMIME", "malformed"));

    @ParameterizedTest
    @ValueSource(strings = {"ec -pkeyopt ec_paramgen_curve:P-256", "ec -pkeyopt ec_paramgen_curve:P-384", "rsa:2048"})
    void chanceryJudgesWhatOpensslMakes(String key) throws IOException {
        String name = "by-" + key.replaceAll("[^a-zA-Z0-9]", "");
        made(name, key);
        var options = new HashMap<>(OPTIONS);
        if (key.startsWith("rsa")) {
            options.put("-outform DER -keyopt rsa_padding_mode:pss", "unsupported");
        }
        var expected = new HashMap<String, String>();
        var arguments = new ArrayList<>(List.of(FILE));
        for (var option : options.entrySet()) {
            String file = name + option.getKey().replaceAll("[^a-zA-Z0-9]", "");
            signed(file, "-signer %s.pem -inkey %s.key %s".formatted(name, name, option.getKey()));
            expected.put(file, option.getValue());
            arguments.addAll(List.of("--signature", file));
        }
        Path keyring = keyring(work(name + ".pem"));
        assertEquals(expected, office.verify(keyring, "one", arguments));
        arguments.set(0, tamperedFile().toString());
        expected.replaceAll((file, reason) -> reason.startsWith("good") ? "other-content" : reason);
        assertEquals(expected, office.verify(keyring, "one", arguments));
    }

    @Test
    void severalSignersOfOpensslAreSeveralFindings() throws IOException {
        made("a", "rsa:2048");
        made("b", "ec -pkeyopt ec_paramgen_curve:P-256");
        made("c", "rsa:2048");
        signed("two", "-outform DER -signer a.pem -inkey a.key -signer b.pem -inkey b.key");
        openssl("cms -resign -inform DER -in two -outform DER -out three -signer c.pem -inkey c.key")
                .assertStatus(0);
        Path keyring = Files.createDirectories(root.resolve("keyring-several"));
        for (String name : List.of("a", "b", "c")) {
            Files.copy(work(name + ".pem"), keyring.resolve(name + ".cms.pem"));
        }
        require(keyring, "two", "2:a,b,c", 0);
        require(keyring, "two", "3:a,b,c", 1);
        require(keyring, "three", "3:a,b,c", 0);
        Files.delete(keyring.resolve("b.cms.pem"));
        require(keyring, "three", "2:a,c", 0);
    }

    private static void require(Path keyring, String signature, String who, int status) {
        office.run("verify", FILE, "--signature", signature, "--keyring", keyring.toString(), "--require", who)
                .assertStatus(status);
    }

    /// "What is trusted is the key, and nothing that issued it."
    @Test
    void aCertificateAuthorityIssuesAndCountsForNothing() throws IOException {
        office.authority("issued", "cms", "ecdsa-p384");
        Files.copy(work(FILE), work("issued.tar"));
        office.run("sign", "issued.tar", "--as", "issued", "--suffix", ".before.p7s")
                .assertStatus(0);
        office.run("certificate", "request", "issued", "--subject", "CN=Issued,O=Example Ltd", "--output", "issued.csr")
                .assertStatus(0);
        openssl("req -in issued.csr -noout -verify -subject").assertStatus(0).assertSays("Example Ltd");
        openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=CA -days 99")
                .assertStatus(0);
        openssl("x509 -req -in issued.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -copy_extensions copy -out"
                        + " issued.crt")
                .assertStatus(0);
        office.run("certificate", "install", "issued", "issued.crt")
                .assertStatus(4)
                .assertSays("has no certificate of the authority that issued");
        office.run("certificate", "install", "other", work("issued.crt").toString())
                .assertStatus(4)
                .assertSays("0 certificates of the file are of key");
        Files.writeString(work("issued.pem"), Files.readString(work("ca.pem")) + Files.readString(work("issued.crt")));
        office.run("certificate", "install", "issued", "issued.pem")
                .assertStatus(0)
                .assertSays("issued by CN=CA");
        office.run("certificate", "show", "issued").assertStatus(0).assertSays("CN=Issued,O=Example Ltd");
        office.run("sign", "issued.tar", "--as", "issued").assertStatus(0);
        office.run("verify", "issued.tar", "--require", "issued").assertStatus(0);
        office.run("verify", "issued.tar", "--signature", "issued.tar.before.p7s", "--require", "issued")
                .assertStatus(0);
        openssl("cms -verify -binary -inform DER -in issued.tar.p7s -content issued.tar -CAfile ca.pem"
                        + " -purpose any -out /dev/null")
                .assertStatus(0);
        openssl("req -newkey rsa:2048 -nodes -keyout sibling.key -out sibling.csr -subj /CN=Issued")
                .assertStatus(0);
        openssl("x509 -req -in sibling.csr -CA ca.pem -CAkey ca.key -days 30 -out sibling.pem")
                .assertStatus(0);
        signed("sibling.p7s", "-outform DER -signer sibling.pem -inkey sibling.key");
        signed("ca.p7s", "-outform DER -signer ca.pem -inkey ca.key");
        Path trusted = office.root().resolve("office/keyring/issued.cms.pem");
        assertReason("unknown-key", keyring(trusted), work("sibling.p7s"), work(FILE));
        assertReason("unknown-key", keyring(trusted), work("ca.p7s"), work(FILE));
    }

    @Test
    void somebodyElsesCertificateIsImported() throws IOException {
        made("theirs", "ec -pkeyopt ec_paramgen_curve:P-256");
        signed("theirs.p7s", "-outform DER -signer theirs.pem -inkey theirs.key");
        office.run("keyring", "import", "theirs.pem", "--as", "theirs")
                .assertStatus(0)
                .assertSays("theirs.cms.pem");
        office.run("verify", FILE, "--signature", "theirs.p7s", "--require", "theirs")
                .assertStatus(0);
        office.run("keyring", "import", "theirs.pem", "--as", "again").assertStatus(3);
        Files.delete(office.root().resolve("office/keyring/theirs.cms.pem"));
        byte[] key = Files.readAllBytes(work("theirs.key"));
        assertTrue(new String(key, StandardCharsets.US_ASCII).contains("PRIVATE KEY"));
        office.run("keyring", "import", "theirs.key", "--as", "theirs", "--format", "cms")
                .assertStatus(3);
    }

    /// Two authorities' binary OpenPGP signatures in one file, as sqv and pacman read them.
    @Test
    void openPgpSignaturesAreJoinedInBinary() throws IOException {
        StockTool.SQV.require();
        office.authority("pgp-a", "openpgp", "ed25519");
        office.authority("pgp-b", "openpgp", "ecdsa-p256");
        Files.copy(work(FILE), work("pgp.tar"));
        var line = List.of("sign", "pgp.tar", "--as", "pgp-a", "--as", "pgp-b", "--format", "openpgp", "--join");
        office.run(line).assertStatus(2).assertSays("--join is for cms and for openpgp in --encoding binary");
        var binary = new ArrayList<>(line);
        binary.addAll(List.of("--encoding", "binary"));
        office.run(binary).assertStatus(0);
        office.run(binary).assertStatus(4);
        office.run("keyring", "export", "--for", "gpg", "pgp-keys").assertStatus(0);
        var sqv =
                List.of("-n", "2", "--keyring", "pgp-keys/pgp-a.gpg", "--keyring", "pgp-keys/pgp-b.gpg", "pgp.tar.sig");
        var good = new ArrayList<>(sqv);
        good.add("pgp.tar");
        StockTool.SQV.run(office.work(), Map.of(), good, "").assertStatus(0);
        var bad = new ArrayList<>(sqv);
        bad.add(tamperedFile().toString());
        StockTool.SQV.run(office.work(), Map.of(), bad, "").assertFails();
        office.run("verify", "pgp.tar", "--require", "2:pgp-a,pgp-b").assertStatus(0);
        binary.add("--force");
        office.run(binary).assertStatus(0);
        StockTool.SQV.run(office.work(), Map.of(), good, "").assertStatus(0);
    }
}
