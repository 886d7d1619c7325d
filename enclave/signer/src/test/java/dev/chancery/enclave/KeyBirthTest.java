// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.formats.Formats;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Namespace;
import dev.chancery.keys.file.FileKeys;
import dev.chancery.keys.file.KeyDirectory;
import dev.chancery.keys.file.Passphrase;
import dev.chancery.keys.file.QuickStartLibrary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyBirthTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.5Z");
    private static final Authority QA = new Authority("qa");
    private static final FormatName OPENPGP = new FormatName("openpgp");
    private static final FormatName RAW = new FormatName("raw");

    @TempDir
    private Path directory;

    private final Formats formats = Formats.all(new BouncyCastleHashes());
    private FileKeys signing;
    private FileKeys primary;

    @BeforeEach
    void makeStores() {
        signing = store("keys");
        primary = store("primary");
    }

    private FileKeys store(String name) {
        byte[] generated = ("chancery-passphrase-1-" + "A".repeat(43)).getBytes(StandardCharsets.US_ASCII);
        var keys = KeyDirectory.make(directory.resolve(name));
        return new FileKeys(keys, Passphrase.owning(generated), new QuickStartLibrary());
    }

    private KeyBirth births() {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new KeyBirth(new KeyBirth.Stores(signing, primary), formats, clock, new SecureRandom());
    }

    private static KeyBirth.Wish wish(FormatName format, KeyAlgorithm algorithm) {
        return new KeyBirth.Wish(
                format, algorithm, Optional.of(Instant.parse("2028-01-01T00:00:00Z")), "QA", Optional.empty());
    }

    @Test
    void anOpenPgpBirthMakesACertifyingKeyApartAndASigningKeyThatExpires() {
        Key key = births().make(QA, wish(OPENPGP, KeyAlgorithm.ED25519)).key();
        assertEquals(KeyPurpose.SIGN, key.purpose());
        assertEquals(Instant.parse("2026-11-21T12:00:00Z"), key.created());
        assertEquals(Optional.of(Instant.parse("2028-01-01T00:00:00Z")), key.expires());
        assertEquals(1, signing.keys().size());
        Key certifying = primary.keys().getFirst();
        assertEquals(KeyPurpose.CERTIFY, certifying.purpose());
        assertEquals(Optional.empty(), certifying.expires());
        assertNotEquals(key.id(), certifying.id());
    }

    @Test
    void thePublicKeyFileHoldsTheKeyAndReadsAsAKeyring() {
        for (var wish : new KeyBirth.Wish[] {wish(OPENPGP, KeyAlgorithm.ED25519), wish(RAW, KeyAlgorithm.ECDSA_P256)}) {
            var born = births().make(QA, wish);
            var verifying = formats.get(wish.format()).verifying();
            assertTrue(verifying.publishes(born.publicKeyFile(), born.key()));
            var owners = verifying.keyring(Map.of(QA, born.publicKeyFile())).owners();
            assertEquals(QA, owners.get(born.key().id()));
        }
    }

    @Test
    void anInterruptedBirthIsTakenUpWhereItStopped() {
        Key first = births().make(QA, wish(OPENPGP, KeyAlgorithm.ED25519)).key();
        Key second = births().make(QA, wish(OPENPGP, KeyAlgorithm.ED25519)).key();
        assertEquals(first, second);
        assertEquals(1, signing.keys().size());
        assertEquals(1, primary.keys().size());
    }

    @Test
    void anotherAlgorithmThanTheInterruptedBirthsIsRefused() {
        births().make(QA, wish(OPENPGP, KeyAlgorithm.ED25519));
        var refusal =
                assertThrows(RefusedException.class, () -> births().make(QA, wish(OPENPGP, KeyAlgorithm.ECDSA_P256)));
        assertEquals("key-exists", refusal.rule());
    }

    /// The default is written down too: what a key's signatures say stands in its file.
    @Test
    void anSshKeyHasANamespaceForLife() {
        var format = new FormatName("sshsig");
        Key file = births().make(QA, wish(format, KeyAlgorithm.ED25519)).key();
        assertEquals(Optional.of(new Namespace("file")), file.namespace());
        assertEquals(file, births().make(QA, wish(format, KeyAlgorithm.ED25519)).key());
        var git = new KeyBirth.Wish(
                format, KeyAlgorithm.ED25519, Optional.empty(), "QA", Optional.of(new Namespace("git")));
        var refusal = assertThrows(RefusedException.class, () -> births().make(QA, git));
        assertEquals("key-exists", refusal.rule());
        var other = births().make(new Authority("qa-git"), git);
        assertEquals(Optional.of(new Namespace("git")), other.key().namespace());
        var verifying = formats.get(format).verifying();
        assertTrue(verifying.publishes(other.publicKeyFile(), other.key()));
    }

    @Test
    void aFormatWithoutNamespacesTakesNone() {
        var wish = new KeyBirth.Wish(
                RAW, KeyAlgorithm.ED25519, Optional.empty(), "QA", Optional.of(new Namespace("file")));
        assertThrows(MalformedException.class, () -> births().make(QA, wish));
        assertEquals(
                Optional.empty(),
                births().make(QA, wish(RAW, KeyAlgorithm.ED25519)).key().namespace());
    }

    @Test
    void aFormatTakesOnlyItsAlgorithms() {
        assertThrows(MalformedException.class, () -> births().make(QA, wish(OPENPGP, KeyAlgorithm.RSA_3072)));
        assertEquals(0, signing.keys().size());
    }

    /// The certificate lies with the key, and an interrupted birth takes up the one that is there.
    @Test
    void aCmsKeyIsBornWithACertificate() {
        var format = new FormatName("cms");
        var born = births().make(QA, wish(format, KeyAlgorithm.ECDSA_P384));
        var kept = signing.open(born.key().id()).certificates().orElseThrow();
        assertEquals(kept.toPem(), born.publicKeyFile());
        assertEquals(born, births().make(QA, wish(format, KeyAlgorithm.ECDSA_P384)));
        assertEquals(1, signing.keys().size());
    }

    @Test
    void whatACertificateAuthorityAnsweredIsCheckedBeforeItIsKept() {
        var born = births().make(QA, wish(new FormatName("cms"), KeyAlgorithm.ECDSA_P256));
        var other = births().make(new Authority("other"), wish(new FormatName("cms"), KeyAlgorithm.ECDSA_P256));
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var certification = new KeyCertification(signing, formats, clock, new SecureRandom());
        var refusal =
                assertThrows(RefusedException.class, () -> certification.install(born.key(), other.publicKeyFile()));
        assertEquals("key-certificate", refusal.rule());
        assertEquals(
                born.publicKeyFile(),
                certification.install(born.key(), born.publicKeyFile()).toPem());
        var late = Clock.fixed(Instant.parse("2028-01-01T00:00:01Z"), ZoneOffset.UTC);
        var later = new KeyCertification(signing, formats, late, new SecureRandom());
        assertThrows(RefusedException.class, () -> later.install(born.key(), born.publicKeyFile()));
        var raw = births().make(QA, wish(RAW, KeyAlgorithm.ECDSA_P256));
        assertThrows(MalformedException.class, () -> certification.request(raw.key(), "CN=qa"));
        assertTrue(certification.request(born.key(), "CN=qa").length() > 0);
    }
}
