// SPDX-License-Identifier: Apache-2.0
package dev.chancery.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.Mutation;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RawSigningTest {
    private static final Authority QA = new Authority("qa");
    private static final FormatName RAW = new FormatName("raw");
    private static final RawSigning SIGNING = new RawSigning();
    private static final RawVerifying VERIFYING = new RawVerifying(new SignatureChecks());
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final byte[] CONTENT = "some content\n".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource
    void everyAlgorithmIsReadBack(KeyAlgorithm algorithm) {
        var key = key(algorithm);
        var content = measured(CONTENT);
        var signature = SIGNING.sign(content, terms(Encoding.BINARY), key);
        assertTrue(VERIFYING.isBy(key.key(), signature, content));
        assertFalse(VERIFYING.isBy(key.key(), signature, measured(new byte[1])));
        assertFalse(VERIFYING.isBy(key(KeyAlgorithm.ED25519).key(), signature, content));
        var armored = new Signature(RAW, Encoding.ARMOR, signature.bytes());
        assertFalse(VERIFYING.isBy(key.key(), armored, content));
        assertEquals(
                new Verdict.Good(QA, key.key().id(), Optional.empty()),
                verdict(keyring(key), signature.bytes(), content));
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedSignatureNeverCounts(KeyAlgorithm algorithm) {
        var key = key(algorithm);
        var content = measured(CONTENT);
        byte[] signature =
                SIGNING.sign(content, terms(Encoding.BINARY), key).bytes().toArray();
        var keyring = keyring(key);
        var mutation = new Mutation(1);
        for (int round = Mutation.rounds(500); round > 0; round--) {
            byte[] damaged = mutation.of(signature);
            if (damaged.length > 0) {
                assertInstanceOf(Verdict.Bad.class, verdict(keyring, Bytes.of(damaged), content));
            }
        }
        for (int round = Mutation.rounds(100); round > 0; round--) {
            var other = measured(mutation.of(CONTENT));
            assertInstanceOf(Verdict.Bad.class, verdict(keyring, Bytes.of(signature), other));
        }
    }

    @Test
    void everyKeyOfTheRightLengthIsTried() {
        var mine = key(KeyAlgorithm.ECDSA_P256);
        var others = key(KeyAlgorithm.ECDSA_P256);
        var content = measured(CONTENT);
        var signature = SIGNING.sign(content, terms(Encoding.BINARY), mine).bytes();
        assertInstanceOf(Verdict.Good.class, verdict(keyring(others, mine), signature, content));
        assertEquals(Reason.OTHER_CONTENT, reason(verdict(keyring(others), signature, content)));
        var rsa = keyring(key(KeyAlgorithm.RSA_3072));
        assertEquals(Reason.UNKNOWN_KEY, reason(verdict(rsa, signature, content)));
    }

    private static Reason reason(Verdict verdict) {
        return assertInstanceOf(Verdict.Bad.class, verdict).reason();
    }

    /// RFC 8032, section 5.1: pure Ed25519 signs the message, so the message has to be there, and is at most 1
    /// MiB.
    @Test
    void ed25519TakesContentOfOneMebibyte() {
        var key = key(KeyAlgorithm.ED25519);
        var largest = measured(new byte[Measured.CONTENT_BYTES_MAX]);
        var signature = SIGNING.sign(largest, terms(Encoding.BINARY), key);
        assertTrue(VERIFYING.isBy(key.key(), signature, largest));
        var larger = measured(new byte[Measured.CONTENT_BYTES_MAX + 1]);
        var fault = assertThrows(MalformedException.class, () -> SIGNING.sign(larger, terms(Encoding.BINARY), key));
        assertTrue(fault.sentence().contains("1048577"), fault.sentence());
        assertFalse(VERIFYING.isBy(key.key(), signature, larger));
        assertInstanceOf(Verdict.Bad.class, verdict(keyring(key), signature.bytes(), larger));
    }

    @Test
    void thereIsNoArmor() {
        var key = key(KeyAlgorithm.ED25519);
        for (var encoding : List.of(Encoding.ARMOR, Encoding.CLEARTEXT)) {
            assertThrows(MalformedException.class, () -> SIGNING.sign(measured(CONTENT), terms(encoding), key));
        }
    }

    @Test
    void aSignatureFileHasOneTo1024Bytes() {
        var keyring = keyring(key(KeyAlgorithm.ED25519));
        assertEquals(1, keyring.read(Bytes.of(new byte[1])).size());
        assertEquals(1, keyring.read(Bytes.of(new byte[1024])).size());
        assertThrows(MalformedException.class, () -> keyring.read(Bytes.of(new byte[0])));
        assertThrows(MalformedException.class, () -> keyring.read(Bytes.of(new byte[1025])));
    }

    @Test
    void aKeyStandsOnce() {
        var file = SIGNING.publish(publication(key(KeyAlgorithm.ED25519)));
        var twice = Map.of(QA, file, new Authority("release"), file);
        assertThrows(MalformedException.class, () -> VERIFYING.keyring(twice));
    }

    private static dev.chancery.format.KeyPublication publication(MemoryKey key) {
        return new dev.chancery.format.KeyPublication(key, Optional.empty(), "unused", NOW);
    }

    private static FormatKeyring keyring(MemoryKey... keys) {
        var pem = new StringBuilder();
        for (var key : keys) {
            pem.append(new String(SIGNING.publish(publication(key)).toArray(), StandardCharsets.US_ASCII));
        }
        return VERIFYING.keyring(Map.of(QA, Bytes.of(pem.toString().getBytes(StandardCharsets.US_ASCII))));
    }

    private static Verdict verdict(FormatKeyring keyring, Bytes signature, Measured content) {
        return keyring.read(signature).getFirst().check(content, NOW);
    }

    private static MemoryKey key(KeyAlgorithm algorithm) {
        return MemoryKey.Pair.of(algorithm).bound(QA, RAW, KeyPurpose.SIGN);
    }

    private static Measured measured(byte[] content) {
        var measures = List.of(Measure.content(), Measure.digest(DigestAlgorithm.SHA256));
        return new ContentPass(new BouncyCastleHashes())
                .measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
    }

    private static SignatureTerms terms(Encoding encoding) {
        return new SignatureTerms(new ArtifactName("artifact"), encoding, NOW);
    }
}
