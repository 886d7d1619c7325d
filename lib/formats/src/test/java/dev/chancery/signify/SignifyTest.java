// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signify;

import static dev.chancery.signify.Sample.QA;
import static dev.chancery.signify.Sample.SIGNIFY;
import static dev.chancery.signify.Sample.SIGNING;
import static dev.chancery.signify.Sample.VERIFYING;
import static dev.chancery.signify.Sample.key;
import static dev.chancery.signify.Sample.keyring;
import static dev.chancery.signify.Sample.measured;
import static dev.chancery.signify.Sample.published;
import static dev.chancery.signify.Sample.terms;
import static dev.chancery.signify.Sample.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.FileVectors;
import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.Mutation;
import dev.chancery.algorithms.NumberedKey;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Scheme;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignifyTest {
    private static final byte[] CONTENT = "some content\n".getBytes(StandardCharsets.US_ASCII);

    private final MemoryKey key = key();

    private static Bytes vector(String name) {
        return FileVectors.bytes("signify/tool/" + name);
    }

    private static Reason reason(Verdict verdict) {
        return assertInstanceOf(Verdict.Bad.class, verdict).reason();
    }

    private static boolean counts(FormatKeyring keyring, byte[] file, Measured content) {
        try {
            return verdict(keyring, Bytes.of(file), content) instanceof Verdict.Good;
        } catch (MalformedException e) {
            return false;
        }
    }

    private Bytes signature() {
        return SIGNING.sign(measured(CONTENT), terms(Encoding.ARMOR), key).bytes();
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.US_ASCII);
    }

    @Test
    void whatIsWrittenIsRead() {
        assertTrue(VERIFYING.isBy(key.key(), signed(signature()), measured(CONTENT)));
        var good = new Verdict.Good(QA, key.key().id(), Optional.empty());
        assertEquals(good, verdict(keyring(published(key)), signature(), measured(CONTENT)));
        assertEquals(Set.of(Measure.content()), SIGNING.measures(Scheme.ED25519, Encoding.ARMOR, Salt.NONE));
    }

    @Test
    void aFileIsTwoLines() {
        var lines = List.of(text(signature()).split("\n", -1));
        assertEquals(3, lines.size());
        assertEquals("untrusted comment: verify with qa.pub", lines.get(0));
        assertTrue(lines.get(1).startsWith("RW"), "Ed and the first bits of the number");
        assertEquals("", lines.get(2));
    }

    /// signify-openbsd 31: `-S`.
    @Test
    void whatTheStockToolMadeIsAccepted() {
        var claim = keyring(vector("key.pub")).read(vector("signature")).getFirst();
        assertEquals(Set.of(Measure.content()), claim.measures());
        var content = measured(vector("content").toArray());
        assertInstanceOf(Verdict.Good.class, claim.check(content, Sample.NOW));
        assertEquals(Reason.OTHER_CONTENT, reason(claim.check(measured(CONTENT), Sample.NOW)));
    }

    @Test
    void aFileWithOneFaultIsMalformed() {
        FileVectors.judge(
                "signify/malformed", file -> keyring(published(key)).read(file).toString());
    }

    @Test
    void otherLineEndsAreTheSame() {
        String file = text(signature());
        for (String same : List.of(file.replace("\n", "\r\n"), file.stripTrailing())) {
            byte[] bytes = same.getBytes(StandardCharsets.US_ASCII);
            assertTrue(counts(keyring(published(key)), bytes, measured(CONTENT)), same);
        }
    }

    /// Only the text behind `untrusted comment: ` is nobody's word.
    @Test
    void everyChangedBitIsRefused() {
        byte[] file = signature().toArray();
        var keyring = keyring(published(key));
        var content = measured(CONTENT);
        int untrusted = NumberedKey.UNTRUSTED.length();
        int end = text(signature()).indexOf('\n');
        assertTrue(counts(keyring, file, content));
        for (int bit = 0; bit < 8 * file.length; bit++) {
            if (bit / 8 < untrusted || bit / 8 >= end) {
                byte[] damaged = file.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                assertFalse(counts(keyring, damaged, content), "bit " + bit);
            }
        }
    }

    @Test
    void aDamagedSignatureNeverCounts() {
        byte[] file = signature().toArray();
        var whole = SignifySignature.parse(Bytes.of(file));
        var keyring = keyring(published(key));
        var content = measured(CONTENT);
        var mutation = new Mutation(1);
        for (int round = Mutation.rounds(1_000); round > 0; round--) {
            byte[] damaged = mutation.of(file);
            if (counts(keyring, damaged, content)) {
                assertEquals(whole, SignifySignature.parse(Bytes.of(damaged)), "another untrusted comment");
            }
        }
        for (int round = Mutation.rounds(100); round > 0; round--) {
            var other = measured(mutation.of(CONTENT));
            assertEquals(Reason.OTHER_CONTENT, reason(verdict(keyring, Bytes.of(file), other)));
        }
    }

    @Test
    void contentHasAtMostOneMebibyte() {
        var largest = measured(new byte[Measured.CONTENT_BYTES_MAX]);
        var signature = SIGNING.sign(largest, terms(Encoding.ARMOR), key);
        assertTrue(VERIFYING.isBy(key.key(), signature, largest));
        var larger = measured(new byte[Measured.CONTENT_BYTES_MAX + 1]);
        assertThrows(MalformedException.class, () -> SIGNING.sign(larger, terms(Encoding.ARMOR), key));
        assertFalse(VERIFYING.isBy(key.key(), signature, larger));
        assertEquals(Reason.UNSUPPORTED, reason(verdict(keyring(published(key)), signature.bytes(), larger)));
    }

    @Test
    void aNumberFindsTheKey() {
        var claim = keyring(published(key())).read(signature()).getFirst();
        assertEquals(Set.of(), claim.measures());
        assertEquals(Reason.UNKNOWN_KEY, reason(claim.check(measured(CONTENT), Sample.NOW)));
        var number = NumberedKey.of(key.key().publicKey()).number();
        var other = new NumberedKey(number, key().key().publicKey()).write("x");
        assertEquals(Reason.OTHER_CONTENT, reason(verdict(keyring(other), signature(), measured(CONTENT))));
        var both = VERIFYING.keyring(Map.of(new Authority("first"), other, QA, published(key)));
        var good = assertInstanceOf(Verdict.Good.class, verdict(both, signature(), measured(CONTENT)));
        assertEquals(QA, good.authority());
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
        var p256 = MemoryKey.Pair.of(KeyAlgorithm.ECDSA_P256).bound(QA, SIGNIFY, KeyPurpose.SIGN);
        assertThrows(MalformedException.class, () -> SIGNING.sign(measured(CONTENT), terms(Encoding.ARMOR), p256));
        assertFalse(VERIFYING.isBy(p256.key(), signed(signature()), measured(CONTENT)));
    }

    /// What the engine asks before it gives a signature out.
    @Test
    void onlyTheKeysOwnSignatureOverTheContentIsByIt() {
        var content = measured(CONTENT);
        assertFalse(VERIFYING.isBy(key.key(), signed(signature()), measured(new byte[1])));
        assertFalse(VERIFYING.isBy(key().key(), signed(signature()), content));
        assertFalse(VERIFYING.isBy(key.key(), new Signature(SIGNIFY, Encoding.BINARY, signature()), content));
        assertFalse(VERIFYING.isBy(key.key(), signed(Bytes.of(new byte[0])), content));
    }

    private static Signature signed(Bytes file) {
        return new Signature(SIGNIFY, Encoding.ARMOR, file);
    }

    @Test
    void aFilePublishesAKeyWithItsNumber() {
        assertTrue(VERIFYING.publishes(published(key), key.key()));
        assertFalse(VERIFYING.publishes(published(key), key().key()));
        var renumbered = new NumberedKey(Bytes.of(new byte[8]), key.key().publicKey());
        assertFalse(VERIFYING.publishes(renumbered.write("x"), key.key()));
    }
}
