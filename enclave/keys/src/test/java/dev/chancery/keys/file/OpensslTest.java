// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chancery.core.Bytes;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.keys.handle.Pem;
import dev.chancery.keys.handle.SampleKeys;
import dev.chancery.keys.handle.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A key can be rescued without us, and one that openssl made can be taken in.
class OpensslTest {
    @TempDir
    Path parent = Path.of("");

    private Path directory = Path.of("");

    @BeforeEach
    void makeDirectory() throws Exception {
        directory = SampleKeys.privateDirectory(parent, "keys");
        if (!System.getProperty("interop", "optional").equals("required")) {
            assumeTrue(hasOpenssl(), "skipped: no openssl here");
        }
    }

    private boolean hasOpenssl() throws InterruptedException {
        try {
            return SampleKeys.run(parent, "openssl", "version").startsWith("0 OpenSSL");
        } catch (IOException e) {
            return false;
        }
    }

    private String shell(String script) throws Exception {
        return SampleKeys.run(parent, "sh", "-c", script);
    }

    private String pem(KeyFile file) throws IOException {
        Files.writeString(
                parent.resolve("private.pem"),
                Pem.encode("ENCRYPTED PRIVATE KEY", file.privateKey().der()));
        return Pem.encode("PUBLIC KEY", file.key().publicKey().der());
    }

    private KeyFile onlyFile() throws IOException {
        try (var files = Files.list(directory)) {
            return KeyFile.parse(Bytes.of(Files.readAllBytes(files.findFirst().orElseThrow())));
        }
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void opensslReadsTheKey(KeyAlgorithm algorithm) throws Exception {
        for (String passphrase : new String[] {"correct horse", Sample.GENERATED, "x".repeat(Passphrase.BYTES_MAX)}) {
            Files.writeString(parent.resolve("passphrase"), passphrase + "\n");
            var pkcs8 = Sample.privateKey(algorithm);
            var key = SampleKeys.newKey(algorithm).with(PrivateKeyInfo.publicKey(algorithm.scheme(), pkcs8));
            var file = KeyFile.encrypt(key, pkcs8, Sample.passphrase(passphrase), SampleKeys.RANDOM);
            assertEquals("0 " + pem(file), shell("openssl pkey -in private.pem -passin file:passphrase -pubout"));
        }
    }

    @Test
    void theCommandOfThePackageCommentWorks() throws Exception {
        assumeTrue(shell("command -v jq").startsWith("0 "), "skipped: no jq here");
        Passphrase passphrase = Passphrase.generateInto(parent.resolve("passphrase"), SampleKeys.RANDOM);
        new FileKeys(new KeyDirectory(directory), passphrase, new QuickStartLibrary())
                .create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM);
        assertEquals(
                "0 " + pem(onlyFile()),
                shell("jq -r .private_key keys/*.json | openssl pkey -passin file:passphrase -pubout"));
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void whatOpensslMadeIsTakenIn(KeyAlgorithm algorithm) throws Exception {
        String options = switch (algorithm) {
            case ED25519 -> "-algorithm ed25519";
            case ECDSA_P256 -> "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
            case ECDSA_P384 -> "-algorithm EC -pkeyopt ec_paramgen_curve:P-384";
            case RSA_3072 -> "-algorithm RSA -pkeyopt rsa_keygen_bits:3072";
            case RSA_4096 -> "-algorithm RSA -pkeyopt rsa_keygen_bits:4096";
        };
        assertTrue(shell("openssl genpkey " + options + " -out made.pem 2>/dev/null")
                .startsWith("0"));
        byte[] pem = Files.readAllBytes(parent.resolve("made.pem"));
        String body = new String(pem, StandardCharsets.US_ASCII).replaceAll("-----.*-----|\n", "");
        try (var pkcs8 = SecretBytes.owning(Base64.getDecoder().decode(body))) {
            var key = SampleKeys.newKey(algorithm).with(PrivateKeyInfo.publicKey(algorithm.scheme(), pkcs8));
            Sample.keys(directory).store(key, pkcs8, SampleKeys.RANDOM);
            assertEquals("0 " + pem(onlyFile()), shell("openssl pkey -in made.pem -pubout"));
        }
    }
}
