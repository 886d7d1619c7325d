// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.keys.handle.SampleKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What key files do beyond what every key provider does.
class FileKeysTest {
    private static final byte[] MESSAGE = "some content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path parent = Path.of("");

    private Path directory = Path.of("");

    @BeforeEach
    void makeDirectory() {
        directory = SampleKeys.privateDirectory(parent, "keys");
    }

    @Test
    void anotherPassphraseIsRefused() {
        var id = Sample.keys(directory)
                .create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM)
                .key()
                .id();
        for (int i = 0; i < 600; i++) {
            // Two or three of these decrypt to bytes with right padding.
            String other = Sample.GENERATED.substring(0, Sample.GENERATED.length() - 4) + "%04d".formatted(i + 1);
            var keys = new FileKeys(new KeyDirectory(directory), Sample.passphrase(other), new QuickStartLibrary());
            assertEquals(
                    "key-passphrase",
                    assertThrows(RefusedException.class, () -> keys.open(id)).rule());
        }
    }

    @Test
    void aPrivateKeyMadeElsewhereIsStoredOnce() {
        var info = NewPrivateKey.make(KeyAlgorithm.ECDSA_P256, SampleKeys.RANDOM);
        var wanted = SampleKeys.newKey(KeyAlgorithm.ECDSA_P256);
        var key = wanted.with(PrivateKeyInfo.publicKey(wanted.algorithm().scheme(), info));
        var keys = Sample.keys(directory);
        keys.store(key, info, SampleKeys.RANDOM);
        var otherUse = new Key(
                new Authority("release"),
                new FormatName("openpgp"),
                key.purpose(),
                key.created(),
                key.expires(),
                key.namespace(),
                key.publicKey());
        for (var again : List.of(key, otherUse)) {
            var refused = assertThrows(RefusedException.class, () -> keys.store(again, info, SampleKeys.RANDOM));
            assertEquals("file-exists", refused.rule());
            assertTrue(refused.sentence().contains("qa's raw key"));
        }
    }

    @Test
    void aPrivateKeyOfAnotherPublicKeyIsMalformed() {
        var keys = Sample.keys(directory);
        var key = keys.create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM)
                .key();
        var other = NewPrivateKey.make(KeyAlgorithm.ED25519, SampleKeys.RANDOM);
        assertThrows(MalformedException.class, () -> keys.store(key, other, SampleKeys.RANDOM));
        var p256 = NewPrivateKey.make(KeyAlgorithm.ECDSA_P256, SampleKeys.RANDOM);
        assertThrows(MalformedException.class, () -> keys.store(key, p256, SampleKeys.RANDOM));
    }

    /// Only someone who knows the passphrase can make this file; it is malformed all the same.
    @Test
    void aFileWhoseHalvesDoNotMatchIsMalformed() throws IOException {
        var keys = Sample.keys(directory);
        var key = keys.create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM)
                .key();
        var other = NewPrivateKey.make(KeyAlgorithm.ED25519, SampleKeys.RANDOM);
        var file = KeyFile.encrypt(key, other, Sample.passphrase(), SampleKeys.RANDOM);
        Files.write(directory.resolve(file.name()), file.toBytes().toArray());
        var malformed = assertThrows(MalformedException.class, () -> keys.open(key.id()));
        assertTrue(malformed.sentence().contains("belongs to another public key"));
    }

    /// Two files of one office, under one passphrase: the encrypted half of one in the other.
    @Test
    void exchangedPrivateKeysDoNotOpen() throws IOException {
        var keys = Sample.keys(directory);
        var first = file(keys.create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM)
                .key());
        var second = file(keys.create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM)
                .key());
        var theirs = second.privateKey();
        assertThrows(MalformedException.class, () -> new KeyFile(first.key(), theirs));
        byte[] salt = theirs.salt().toArray();
        System.arraycopy(KeyFile.binding(first.key()), 0, salt, 16, 32);
        var forged = new KeyFile(
                first.key(), new EncryptedPrivateKey(theirs.cost(), Bytes.of(salt), theirs.iv(), theirs.ciphertext()));
        Files.write(directory.resolve(forged.name()), forged.toBytes().toArray());
        assertThrows(RefusedException.class, () -> keys.open(first.key().id()));
    }

    private KeyFile file(Key key) throws IOException {
        String start = "qa.raw." + key.id().abbreviated();
        return KeyFile.parse(Bytes.of(Files.readAllBytes(directory.resolve(start + ".json"))));
    }

    @Test
    void theOneWhoHoldsTheKeyNeedsNoPassphraseAnyMore() {
        var passphrase = Sample.passphrase();
        var keys = new FileKeys(new KeyDirectory(directory), passphrase, new QuickStartLibrary());
        var key = keys.create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM);
        passphrase.close();
        var signature = key.sign(SampleKeys.toBeSigned(key.key().publicKey().scheme(), MESSAGE));
        assertTrue(SampleKeys.holds(key.key().publicKey(), MESSAGE, signature));
        assertThrows(IllegalStateException.class, () -> keys.open(key.key().id()));
        assertFalse(passphrase.toString().contains("A"));
    }
}
