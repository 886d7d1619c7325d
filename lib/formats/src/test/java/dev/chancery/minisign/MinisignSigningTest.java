// SPDX-License-Identifier: Apache-2.0
package dev.chancery.minisign;

import static dev.chancery.minisign.Sample.MINISIGN;
import static dev.chancery.minisign.Sample.NOW;
import static dev.chancery.minisign.Sample.QA;
import static dev.chancery.minisign.Sample.SIGNING;
import static dev.chancery.minisign.Sample.VERIFYING;
import static dev.chancery.minisign.Sample.key;
import static dev.chancery.minisign.Sample.keyring;
import static dev.chancery.minisign.Sample.measured;
import static dev.chancery.minisign.Sample.terms;
import static dev.chancery.minisign.Sample.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.NumberedKey;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinisignSigningTest {
    private static final byte[] CONTENT = "some content\n".getBytes(StandardCharsets.US_ASCII);

    private final MemoryKey key = key();

    private static List<String> lines(Bytes file) {
        return List.of(new String(file.toArray(), StandardCharsets.UTF_8).split("\n", -1));
    }

    @Test
    void whatIsWrittenIsRead() {
        var content = measured(CONTENT);
        var signature = SIGNING.sign(content, terms(Encoding.ARMOR), key);
        assertTrue(VERIFYING.isBy(key.key(), signature, content));
        assertEquals(
                new Verdict.Good(QA, key.key().id(), Optional.of(NOW)),
                verdict(keyring(key), signature.bytes(), content));
    }

    @Test
    void aFileIsFourLines() {
        var lines = lines(Sample.signature(key, CONTENT));
        assertEquals(5, lines.size());
        assertEquals("untrusted comment: signature by qa", lines.get(0));
        assertTrue(lines.get(1).startsWith("RU"), "ED and the first bits of the number");
        assertEquals(
                "trusted comment: timestamp:%d\tfile:an artifact\tauthority:qa".formatted(NOW.getEpochSecond()),
                lines.get(2));
        assertEquals("", lines.get(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp:1", "authority:release", "ü — ß", "a  b", "..x"})
    void aNameEndsNeitherItsFieldNorItsLine(String name) {
        var named = new SignatureTerms(new ArtifactName(name), Encoding.ARMOR, NOW);
        var file = SIGNING.sign(measured(CONTENT), named, key).bytes();
        assertEquals(5, lines(file).size());
        assertEquals(
                List.of("trusted comment: timestamp:" + NOW.getEpochSecond(), "file:" + name, "authority:qa"),
                List.of(lines(file).get(2).split("\t", -1)));
        var good = (Verdict.Good) verdict(keyring(key), file, measured(CONTENT));
        assertEquals(Optional.of(NOW), good.signedAt());
    }

    /// What keeps tabs and line ends out of the trusted comment.
    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a\nb", "a\rb", "a\0b", "a\u0085b", "a\u2028b"})
    void noArtifactHasANameWithALineEndOrATab(String name) {
        assertThrows(MalformedException.class, () -> new ArtifactName(name));
    }

    @Test
    void theLongestNameFits() {
        var named = new SignatureTerms(new ArtifactName("ß".repeat(127) + "x"), Encoding.ARMOR, NOW);
        var signature = SIGNING.sign(measured(CONTENT), named, key);
        assertTrue(VERIFYING.isBy(key.key(), signature, measured(CONTENT)));
    }

    /// The digest first, then its signature with the comment.
    @Test
    void theKeySignsTwice() {
        var asked = new ArrayList<Bytes>();
        var telling = new SigningKey() {
            @Override
            public Key key() {
                return key.key();
            }

            @Override
            public SignatureValue sign(ToBeSigned toBeSigned) {
                asked.add(((ToBeSigned.OfMessage) toBeSigned).message());
                return key.sign(toBeSigned);
            }
        };
        SIGNING.sign(measured(CONTENT), terms(Encoding.ARMOR), telling);
        assertEquals(2, asked.size());
        assertEquals(
                Bytes.of(measured(CONTENT).digest(DigestAlgorithm.BLAKE2B_512).bytes()), asked.getFirst());
        assertTrue(asked.getLast().length() > 64);
    }

    @Test
    void onlyTheDigestIsAsked() {
        assertEquals(
                Set.of(Measure.digest(DigestAlgorithm.BLAKE2B_512)),
                SIGNING.measures(Scheme.ED25519, Encoding.ARMOR, Salt.NONE));
        var large = measured(new byte[Measured.CONTENT_BYTES_MAX + 1]);
        var signature = SIGNING.sign(large, terms(Encoding.ARMOR), key);
        assertTrue(VERIFYING.isBy(key.key(), signature, large));
    }

    @Test
    void thereIsArmorAlone() {
        for (var encoding : List.of(Encoding.BINARY, Encoding.CLEARTEXT)) {
            assertThrows(MalformedException.class, () -> SIGNING.sign(measured(CONTENT), terms(encoding), key));
            assertThrows(MalformedException.class, () -> SIGNING.measures(Scheme.ED25519, encoding, Salt.NONE));
        }
    }

    @Test
    void thereIsEd25519Alone() {
        var p256 = MemoryKey.Pair.of(KeyAlgorithm.ECDSA_P256).bound(QA, MINISIGN, KeyPurpose.SIGN);
        assertThrows(MalformedException.class, () -> SIGNING.sign(measured(CONTENT), terms(Encoding.ARMOR), p256));
        var signature = SIGNING.sign(measured(CONTENT), terms(Encoding.ARMOR), key);
        assertFalse(VERIFYING.isBy(p256.key(), signature, measured(CONTENT)));
    }

    /// What the engine asks before it gives a signature out.
    @Test
    void onlyTheKeysOwnSignatureOverTheContentIsByIt() {
        var content = measured(CONTENT);
        var signature = SIGNING.sign(content, terms(Encoding.ARMOR), key);
        assertFalse(VERIFYING.isBy(key.key(), signature, measured(new byte[1])));
        assertFalse(VERIFYING.isBy(key().key(), signature, content));
        assertFalse(VERIFYING.isBy(key.key(), new Signature(MINISIGN, Encoding.BINARY, signature.bytes()), content));
        assertFalse(VERIFYING.isBy(key.key(), signed(Sample.legacy(key, CONTENT, "x")), content));
        assertFalse(VERIFYING.isBy(key.key(), signed(Sample.bytes("untrusted comment: x\n")), content));
        byte[] value = Sample.value(key, CONTENT);
        assertFalse(VERIFYING.isBy(key.key(), signed(Sample.file(key, "ED", value, "x")), content));
        assertTrue(VERIFYING.isBy(key.key(), signed(Sample.prehashed(key, CONTENT, "x")), content));
    }

    private static Signature signed(Bytes file) {
        return new Signature(MINISIGN, Encoding.ARMOR, file);
    }

    /// A file that has the key under another number does not find the office's signatures.
    @Test
    void aFilePublishesAKeyWithItsNumber() {
        var file = SIGNING.publish(new KeyPublication(key, Optional.empty(), "unused", NOW));
        assertTrue(VERIFYING.publishes(file, key.key()));
        assertFalse(VERIFYING.publishes(file, key().key()));
        var renumbered = new NumberedKey(Bytes.of(new byte[8]), key.key().publicKey());
        assertFalse(VERIFYING.publishes(renumbered.write("x"), key.key()));
    }
}
