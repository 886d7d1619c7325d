// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.packet.Armor;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketClaim;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenPgpSigningTest {
    private static final Measured CONTENT =
            Sample.measured("a line\nand another \n".getBytes(StandardCharsets.US_ASCII));
    private static final Measured OTHER = Sample.measured("another line\n".getBytes(StandardCharsets.US_ASCII));
    private static final Sample SAMPLE = Sample.of(KeyAlgorithm.ED25519);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ECDSA_P384")
    void everyAlgorithmInEveryEncodingIsReadBack(KeyAlgorithm algorithm) {
        var sample = Sample.of(algorithm);
        for (var encoding : Encoding.values()) {
            var signature = sample.sign(CONTENT, encoding);
            assertTrue(Sample.VERIFYING.isBy(sample.signing().key(), signature, CONTENT));
            assertFalse(Sample.VERIFYING.isBy(sample.signing().key(), signature, OTHER));
            if (encoding != Encoding.CLEARTEXT) {
                var expected =
                        new Verdict.Good(Sample.QA, sample.signing().key().id(), Optional.of(Sample.NOW));
                assertEquals(expected, Sample.verdict(sample.keyring(), signature.bytes(), CONTENT));
                assertBad(Reason.OTHER_CONTENT, Sample.verdict(sample.keyring(), signature.bytes(), OTHER));
            }
        }
    }

    /// RFC 9580, section 5.2.3.11: the creation time "MUST be present in the hashed area"; the profile has
    /// nothing else there but the issuer fingerprint.
    @ParameterizedTest
    @EnumSource
    void thePacketIsOfTheProfile(Encoding encoding) {
        var signature = packet(SAMPLE.sign(CONTENT, encoding));
        assertEquals(4, signature.getVersion());
        assertEquals(encoding == Encoding.CLEARTEXT ? 0x01 : 0x00, signature.getSignatureType());
        var hashed = Arrays.stream(signature.getHashedSubPackets().toArray())
                .map(SignatureSubpacket::getType)
                .toList();
        assertEquals(
                java.util.List.of(SignatureSubpacketTags.CREATION_TIME, SignatureSubpacketTags.ISSUER_FINGERPRINT),
                hashed);
        assertTrue(signature.getHashedSubPackets().toArray()[0].isCritical());
        assertEquals(1, signature.getUnhashedSubPackets().size());
    }

    private static PGPSignature packet(Signature signature) {
        return BouncyCastleReading.signatures(signature.bytes()).getFirst();
    }

    @Test
    void aKeyThatIsNotThereIsUnknown() {
        var keyring = Sample.of(KeyAlgorithm.ED25519).keyring();
        var verdict =
                Sample.verdict(keyring, SAMPLE.sign(CONTENT, Encoding.BINARY).bytes(), CONTENT);
        assertBad(Reason.UNKNOWN_KEY, verdict);
        assertTrue(((Verdict.Bad) verdict)
                .sentence()
                .contains(KeyPacket.of(SAMPLE.signing().key()).fingerprintText()));
    }

    /// RFC 9580, section 5.2.3.13: "The validity period of the key. This is the number of seconds after the key
    /// creation time that the key expires."
    @Test
    void aKeySignsUntilItExpires() {
        for (long seconds : new long[] {-1, 0, 1}) {
            var sample = SAMPLE.expiring(Sample.NOW.plusSeconds(seconds));
            var verdict = Sample.verdict(
                    sample.keyring(), sample.sign(CONTENT, Encoding.BINARY).bytes(), CONTENT);
            if (seconds > 0) {
                assertInstanceOf(Verdict.Good.class, verdict);
            } else {
                assertBad(Reason.EXPIRED, verdict);
            }
        }
    }

    @Test
    void aSignatureOlderThanItsKeyIsUnfit() {
        assertBad(Reason.UNFIT_KEY, verdictOf(MemoryKey.CREATED.minusSeconds(1)));
        assertInstanceOf(Verdict.Good.class, verdictOf(MemoryKey.CREATED));
    }

    /// A clock may be half an hour ahead, and not a second more.
    @Test
    void aSignatureFromTheFutureIsNotYetValid() {
        assertInstanceOf(Verdict.Good.class, verdictOf(Sample.NOW.plus(PacketClaim.CLOCK_SKEW_MAX)));
        assertBad(
                Reason.NOT_YET_VALID,
                verdictOf(Sample.NOW.plus(PacketClaim.CLOCK_SKEW_MAX).plusSeconds(1)));
    }

    /// The primary key has no signing flag.
    @Test
    void aSignatureByThePrimaryKeyIsUnfit() {
        var file = Sample.SIGNING
                .sign(CONTENT, Sample.terms(Encoding.BINARY, Sample.NOW), SAMPLE.primary())
                .bytes();
        assertBad(Reason.UNFIT_KEY, Sample.verdict(SAMPLE.keyring(), file, CONTENT));
    }

    private static Verdict verdictOf(Instant signed) {
        var file = Sample.SIGNING
                .sign(CONTENT, Sample.terms(Encoding.BINARY, signed), SAMPLE.signing())
                .bytes();
        return Sample.verdict(SAMPLE.keyring(), file, CONTENT);
    }

    @Test
    void onlyOneSignatureOfTheAskedKindIsHandedOut() {
        var key = SAMPLE.signing().key();
        var binary = SAMPLE.sign(CONTENT, Encoding.BINARY);
        var armored = SAMPLE.sign(CONTENT, Encoding.ARMOR);
        var text = SAMPLE.sign(CONTENT, Encoding.CLEARTEXT);
        assertFalse(Sample.VERIFYING.isBy(key, written(Encoding.ARMOR, binary.bytes()), CONTENT));
        assertFalse(Sample.VERIFYING.isBy(key, written(Encoding.BINARY, armored.bytes()), CONTENT));
        assertFalse(Sample.VERIFYING.isBy(key, written(Encoding.CLEARTEXT, armored.bytes()), CONTENT));
        assertFalse(Sample.VERIFYING.isBy(key, written(Encoding.ARMOR, text.bytes()), CONTENT));
        var twice = Bytes.of(new Octets()
                .octets(binary.bytes().toArray())
                .octets(binary.bytes().toArray())
                .toArray());
        assertFalse(Sample.VERIFYING.isBy(key, written(Encoding.BINARY, twice), CONTENT));
        assertFalse(Sample.VERIFYING.isBy(SAMPLE.primary().key(), binary, CONTENT));
        assertTrue(Sample.VERIFYING.isBy(key, binary, CONTENT));
    }

    private static Signature written(Encoding encoding, Bytes bytes) {
        return new Signature(OpenPgpFormat.DESCRIPTION.name(), encoding, bytes);
    }

    @Test
    void aFileHoldsAHundredSignatures() {
        byte[] one = SAMPLE.sign(CONTENT, Encoding.BINARY).bytes().toArray();
        var octets = new Octets();
        for (int i = 0; i < BouncyCastleReading.SIGNATURES_MAX; i++) {
            octets.octets(one);
        }
        var keyring = SAMPLE.keyring();
        assertEquals(100, keyring.read(Bytes.of(octets.toArray())).size());
        var tooMany = Bytes.of(octets.octets(one).toArray());
        assertThrows(MalformedException.class, () -> keyring.read(tooMany));
        assertThrows(MalformedException.class, () -> keyring.read(Bytes.of(new byte[0])));
    }

    @Test
    void aPublicKeyFileHoldsCertificatesAndNothingElse() {
        var certificate =
                Armor.read(Armor.Kind.PUBLIC_KEY, SAMPLE.certificate()).getFirst();
        byte[] signature = SAMPLE.sign(CONTENT, Encoding.BINARY).bytes().toArray();
        assertMalformed(Bytes.of(new byte[0]));
        assertMalformed(Bytes.of(signature));
        // A secret key, literal data, a user ID: RFC 9580, section 5, packet types 5, 11 and 13.
        for (byte[] wrong : new byte[][] {{(byte) 0xc5, 0}, {(byte) 0xcb, 1, 0}, {(byte) 0xcd, 1, 'a'}}) {
            assertMalformed(Bytes.of(wrong));
            assertMalformed(Bytes.of(
                    new Octets().octets(wrong).octets(certificate.toArray()).toArray()));
        }
    }

    private static void assertMalformed(Bytes file) {
        assertThrows(MalformedException.class, () -> Sample.VERIFYING.keyring(Map.of(Sample.QA, file)));
    }

    private static void assertBad(Reason reason, Verdict verdict) {
        assertEquals(reason, assertInstanceOf(Verdict.Bad.class, verdict).reason(), verdict.toString());
    }
}
