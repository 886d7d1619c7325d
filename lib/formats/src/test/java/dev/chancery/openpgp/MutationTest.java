// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.Mutation;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.packet.Armor;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.SignatureValues;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.openpgp.PGPSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Damaged signatures, certificates and contents of real files.
///
/// What may change in a signature file without its meaning: the armor, the form of a packet's header, the
/// unhashed subpackets, the two octets that only speed up a refusal (RFC 9580, section 5.2.3: "left 16 bits of
/// the signed hash value"), and the bit counts of the integers. What is signed may not: the hashed part, octet
/// by octet, and the integers as numbers.
class MutationTest {
    private static final byte[] CONTENT = "a line\nand another \n".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ECDSA_P384")
    void aDamagedSignatureThatVerifiesSaysTheSame(KeyAlgorithm algorithm) {
        var sample = Sample.of(algorithm);
        var content = Sample.measured(CONTENT);
        var keyring = sample.keyring();
        for (var encoding : List.of(Encoding.BINARY, Encoding.ARMOR)) {
            var signature = sample.sign(content, encoding);
            var original = BouncyCastleReading.signatures(signature.bytes()).getFirst();
            var mutation = new Mutation(2);
            for (int round = Mutation.rounds(1_000); round > 0; round--) {
                var damaged = Bytes.of(mutation.of(signature.bytes().toArray()));
                for (var good : good(keyring, damaged, content)) {
                    assertSays(original, good);
                }
            }
        }
    }

    /// The signatures of a file that count.
    private static List<PGPSignature> good(FormatKeyring keyring, Bytes file, Measured content) {
        try {
            var signatures = BouncyCastleReading.signatures(file);
            var good = new ArrayList<PGPSignature>();
            List<ClaimedSignature> claims = keyring.read(file);
            for (int i = 0; i < claims.size(); i++) {
                if (claims.get(i).check(content, Sample.NOW) instanceof Verdict.Good) {
                    good.add(signatures.get(i));
                }
            }
            return good;
        } catch (MalformedException e) {
            return List.of();
        }
    }

    private static void assertSays(PGPSignature original, PGPSignature damaged) {
        assertArrayEquals(original.getSignatureTrailer(), damaged.getSignatureTrailer());
        assertArrayEquals(SignatureValues.bytes(original), SignatureValues.bytes(damaged));
    }

    /// What the enclave is about to hand out may not even differ in what does not matter to others.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ECDSA_P384")
    void aDamagedSignatureIsNotHandedOutUnlessItSaysTheSame(KeyAlgorithm algorithm) {
        var sample = Sample.of(algorithm);
        var content = Sample.measured(CONTENT);
        var signature = sample.sign(content, Encoding.BINARY);
        assertTrue(Sample.VERIFYING.isBy(sample.signing().key(), signature, content));
        var original = BouncyCastleReading.signatures(signature.bytes()).getFirst();
        var mutation = new Mutation(3);
        for (int round = Mutation.rounds(1_000); round > 0; round--) {
            var damaged = new Signature(
                    signature.format(),
                    Encoding.BINARY,
                    Bytes.of(mutation.of(signature.bytes().toArray())));
            if (Sample.VERIFYING.isBy(sample.signing().key(), damaged, content)) {
                assertSays(
                        original,
                        BouncyCastleReading.signatures(damaged.bytes()).getFirst());
            }
        }
    }

    @Test
    void aSignatureOfOtherContentNeverCounts() {
        var sample = Sample.of(KeyAlgorithm.ED25519);
        var keyring = sample.keyring();
        var file = sample.sign(Sample.measured(CONTENT), Encoding.BINARY).bytes();
        var mutation = new Mutation(4);
        for (int round = Mutation.rounds(500); round > 0; round--) {
            var other = Sample.measured(mutation.of(CONTENT));
            assertInstanceOf(Verdict.Bad.class, Sample.verdict(keyring, file, other));
        }
    }

    /// A damaged certificate loses signatures or keeps them; it gains none and gives none to another key.
    @ParameterizedTest
    @EnumSource(names = {"ED25519", "ECDSA_P256", "RSA_3072"})
    void aDamagedCertificateMakesNoSignatureCount(KeyAlgorithm algorithm) {
        var expired = Sample.of(algorithm).expiring(Sample.NOW.minus(Duration.ofDays(1)));
        var alive = new Sample(
                expired.primary(),
                MemoryKey.Pair.of(KeyAlgorithm.ED25519)
                        .bound(Sample.QA, OpenPgpFormat.DESCRIPTION.name(), dev.chancery.key.KeyPurpose.SIGN));
        var content = Sample.measured(CONTENT);
        var late = expired.sign(content, Encoding.BINARY).bytes();
        var right = alive.sign(content, Encoding.BINARY).bytes();
        assertDamaged(expired, late, content, false);
        assertDamaged(alive, right, content, true);
    }

    private static void assertDamaged(Sample sample, Bytes signature, Measured content, boolean mayCount) {
        var blocks = Armor.read(Armor.Kind.PUBLIC_KEY, sample.certificate());
        var mutation = new Mutation(5);
        for (int round = Mutation.rounds(700); round > 0; round--) {
            var damaged = Bytes.of(mutation.of(blocks.getFirst().toArray()));
            try {
                var keyring = Sample.VERIFYING.keyring(Map.of(Sample.QA, damaged));
                if (Sample.verdict(keyring, signature, content) instanceof Verdict.Good good) {
                    assertTrue(mayCount);
                    assertEquals(sample.signing().key().id(), good.key());
                }
            } catch (MalformedException e) {
                assertFalse(e.sentence().isEmpty());
            }
        }
    }
}
