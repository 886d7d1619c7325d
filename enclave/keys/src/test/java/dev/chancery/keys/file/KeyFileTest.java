// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Namespace;
import dev.chancery.keys.handle.KeyHandle;
import dev.chancery.keys.handle.NewKey;
import dev.chancery.keys.handle.Pem;
import dev.chancery.keys.handle.SampleKeys;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    private static final Optional<Namespace> NAMESPACE = Optional.of(new Namespace("file"));
    private static final KeyFile ED25519 = made(KeyAlgorithm.ED25519);

    private static KeyFile made(KeyAlgorithm algorithm) {
        var pkcs8 = NewPrivateKey.make(algorithm, SampleKeys.RANDOM);
        var wanted = new NewKey(
                new Authority("qa"),
                new FormatName("openpgp"),
                KeyPurpose.SIGN,
                algorithm,
                SampleKeys.CREATED,
                Optional.of(Instant.parse("2027-11-21T12:00:00Z")),
                NAMESPACE);
        var key = wanted.with(PrivateKeyInfo.publicKey(algorithm.scheme(), pkcs8));
        return KeyFile.encrypt(key, pkcs8, Sample.passphrase(), SampleKeys.RANDOM);
    }

    private static String text(KeyFile file) {
        return new String(file.toBytes().toArray(), StandardCharsets.UTF_8);
    }

    private static KeyFile parse(String text) {
        return KeyFile.parse(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsWhatItWrote() {
        var file = made(KeyAlgorithm.ECDSA_P256);
        assertEquals(file, parse(text(file)));
        assertEquals(
                file.key().publicKey(),
                PrivateKeyInfo.publicKey(
                        file.key().publicKey().scheme(), file.privateKey().decrypt(Sample.passphrase())));
    }

    @Test
    void hasItsFieldsInOrder() {
        var names = text(ED25519)
                .lines()
                .filter(line -> line.startsWith("  \""))
                .map(line -> line.substring(3, line.indexOf('"', 3)))
                .toList();
        var expected = List.of(
                "version",
                "authority",
                "format",
                "purpose",
                "algorithm",
                "created",
                "expires",
                "namespace",
                "public_key",
                "private_key");
        assertEquals(expected, names);
    }

    @Test
    void isNamedForItsKey() {
        var key = ED25519.key();
        assertEquals("qa.openpgp." + key.id().abbreviated() + ".json", ED25519.name());
        var certifying = new Key(
                key.authority(),
                key.format(),
                KeyPurpose.CERTIFY,
                key.created(),
                key.expires(),
                key.namespace(),
                key.publicKey());
        var pkcs8 = ED25519.privateKey().decrypt(Sample.passphrase());
        assertEquals(
                "qa.openpgp." + key.id().abbreviated() + ".certify.json",
                KeyFile.encrypt(certifying, pkcs8, Sample.passphrase(), SampleKeys.RANDOM)
                        .name());
    }

    @Test
    void anUnknownFieldIsAnError() {
        String text = text(ED25519).replaceFirst("\\{", "{\"comment\": \"mine\",");
        assertTrue(assertThrows(MalformedException.class, () -> parse(text))
                .sentence()
                .contains("comment"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "authority", "format", "purpose", "algorithm", "created", "public_key"})
    void aMissingFieldIsAnError(String name) {
        String text = text(ED25519).replaceFirst("  \"" + name + "\": .*\n", "");
        assertTrue(assertThrows(MalformedException.class, () -> parse(text))
                .sentence()
                .contains(name));
    }

    /// Each field that says what the key is for: changed alone, and with the second part of the salt recomputed.
    @ParameterizedTest
    @CsvSource({
        "authority, qa, release",
        "format, openpgp, raw",
        "purpose, sign, certify",
        "created, 2026-11-21T12:00:00Z, 2025-11-21T12:00:00Z",
        "expires, 2027-11-21T12:00:00Z, 2099-11-21T12:00:00Z",
        "namespace, file, git",
    })
    void aChangedFieldNeverOpens(String field, String from, String to) {
        String line = "\"" + field + "\": \"" + from + "\"";
        assertTrue(text(ED25519).contains(line));
        String changed = text(ED25519).replace(line, "\"" + field + "\": \"" + to + "\"");
        assertTrue(assertThrows(MalformedException.class, () -> parse(changed))
                .sentence()
                .contains("not bound"));

        var key = ED25519.key();
        var forged = new Key(
                field.equals("authority") ? new Authority(to) : key.authority(),
                field.equals("format") ? new FormatName(to) : key.format(),
                field.equals("purpose") ? KeyPurpose.parse(to) : key.purpose(),
                field.equals("created") ? Instant.parse(to) : key.created(),
                field.equals("expires") ? Optional.of(Instant.parse(to)) : key.expires(),
                field.equals("namespace") ? Optional.of(new Namespace(to)) : key.namespace(),
                key.publicKey());
        assertForgedDoesNotOpen(forged);
    }

    @Test
    void aRemovedExpiryNeverOpens() {
        assertThrows(MalformedException.class, () -> parse(text(ED25519).replaceFirst("  \"expires\": .*\n", "")));
        var key = ED25519.key();
        assertForgedDoesNotOpen(new Key(
                key.authority(),
                key.format(),
                key.purpose(),
                key.created(),
                Optional.empty(),
                key.namespace(),
                key.publicKey()));
    }

    @Test
    void aRemovedNamespaceNeverOpens() {
        assertThrows(MalformedException.class, () -> parse(text(ED25519).replaceFirst("  \"namespace\": .*\n", "")));
        var key = ED25519.key();
        assertForgedDoesNotOpen(new Key(
                key.authority(),
                key.format(),
                key.purpose(),
                key.created(),
                key.expires(),
                Optional.empty(),
                key.publicKey()));
    }

    /// Files from before there were namespaces: the salt's second part is what it was.
    @Test
    void aKeyWithoutANamespaceIsBoundAsBefore() throws Exception {
        var key = SampleKeys.newKey(KeyAlgorithm.ED25519).with(ED25519.key().publicKey());
        var fields = new ByteArrayOutputStream();
        for (String text :
                List.of("chancery-key-file-1", "qa", "raw", "sign", "ed25519", SampleKeys.CREATED.toString(), "")) {
            fields.write(new byte[] {0, 0, 0, (byte) text.length()});
            fields.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        fields.write(new byte[] {0, 0, 0, 44});
        fields.write(key.publicKey().der());
        assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(fields.toByteArray()), KeyFile.binding(key));
    }

    @Test
    void anotherPublicKeyNeverOpens() {
        var key = ED25519.key();
        var other = made(KeyAlgorithm.ED25519).key().publicKey();
        assertForgedDoesNotOpen(new Key(
                key.authority(), key.format(), key.purpose(), key.created(), key.expires(), key.namespace(), other));
    }

    @Test
    void anAlgorithmThatIsNotThePublicKeysIsAnError() {
        String text = text(ED25519).replace("\"ed25519\"", "\"ecdsa-p256\"");
        assertTrue(assertThrows(MalformedException.class, () -> parse(text))
                .sentence()
                .contains("not of the algorithm"));
    }

    /// The attacker keeps the random half of the salt and writes the right binding of the wrong fields behind it.
    private static void assertForgedDoesNotOpen(Key forged) {
        var real = ED25519.privateKey();
        byte[] salt = real.salt().toArray();
        System.arraycopy(KeyFile.binding(forged), 0, salt, 16, 32);
        var file =
                new KeyFile(forged, new EncryptedPrivateKey(real.cost(), Bytes.of(salt), real.iv(), real.ciphertext()));
        var reread = KeyFile.parse(file.toBytes());
        for (int i = 0; i < 300; i++) {
            // Padding alone would let one attempt in 256 pass, so the attacker may try other initial vectors.
            byte[] iv = real.iv().toArray();
            iv[i % 16] ^= (byte) i;
            var attempt = new EncryptedPrivateKey(real.cost(), Bytes.of(salt), Bytes.of(iv), real.ciphertext());
            assertFalse(opens(reread.key(), attempt));
        }
    }

    private static boolean opens(Key key, EncryptedPrivateKey encrypted) {
        try (var pkcs8 = encrypted.decrypt(Sample.passphrase())) {
            var computed = PrivateKeyInfo.publicKey(key.publicKey().scheme(), pkcs8);
            return computed.equals(key.publicKey());
        } catch (RefusedException | MalformedException e) {
            return false;
        }
    }

    @Test
    void everyOtherByteOfTheEncryptedKeyMatters() {
        byte[] der = ED25519.privateKey().der();
        for (int at = 0; at < der.length; at++) {
            byte[] changed = der.clone();
            changed[at] ^= 1;
            try {
                var file = new KeyFile(ED25519.key(), EncryptedPrivateKey.parse(changed));
                assertFalse(opens(file.key(), file.privateKey()), "byte " + at);
            } catch (MalformedException e) {
                // As good.
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-21T12:00:00.5Z", "2026-11-21T12:00:00.000Z", "2026-11-21", "2026-11-21T13:00:00+01:00"})
    void aTimeInAnotherFormIsAnError(String time) {
        assertThrows(MalformedException.class, () -> parse(text(ED25519).replace("2026-11-21T12:00:00Z", time)));
    }

    @Test
    void pemIsStrict() {
        byte[] der = new byte[100];
        String pem = Pem.encode("X", der);
        assertTrue(Arrays.equals(der, Pem.decode("X", pem)));
        for (String wrong : List.of(
                pem.replace("\n", "\r\n"),
                pem + "\n",
                " " + pem,
                pem.replaceFirst("AAAA", "AAAA\n"),
                pem.replaceFirst("AAAA", "AA*A"),
                pem.replace("BEGIN X", "BEGIN Y"),
                "")) {
            assertThrows(MalformedException.class, () -> Pem.decode("X", wrong));
        }
    }

    @Test
    void sizeHasItsLimit() {
        String text = text(ED25519);
        String largest = text + " ".repeat(KeyHandle.BYTES_MAX - text.length());
        assertEquals(ED25519, parse(largest));
        assertThrows(MalformedException.class, () -> parse(largest + " "));
    }
}
