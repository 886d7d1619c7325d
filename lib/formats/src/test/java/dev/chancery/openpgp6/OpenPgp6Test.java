// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.packet.CleartextDocument;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenPgp6Test {
    private static final byte[] CONTENT = "a line \nand another\n".getBytes(StandardCharsets.US_ASCII);
    /// Longer than two blocks of SHA-512.
    private static final byte[] LONG = "0123456789abcdef".repeat(20).getBytes(StandardCharsets.US_ASCII);

    private static final Sample SAMPLE = Sample.make();
    private static final Measured MEASURED = Sample.measured(CONTENT, Sample.SALT);

    /// Where the salt's length stands in a signature of ours: header, fixed part, hashed subpackets, no
    /// unhashed ones, two octets of the digest.
    private static final int SALT_LENGTH_AT = 2 + 8 + 6 + 35 + 4 + 2;

    private static void assertBad(Reason reason, Verdict verdict) {
        assertEquals(reason, assertInstanceOf(Verdict.Bad.class, verdict).reason());
    }

    @ParameterizedTest
    @EnumSource
    void everyEncodingCounts(Encoding encoding) {
        var signature = SAMPLE.sign(MEASURED, encoding);
        assertTrue(Sample.VERIFYING.isBy(SAMPLE.signing().key(), signature, MEASURED));
        byte[] content = CONTENT;
        var file = signature.bytes();
        if (encoding == Encoding.CLEARTEXT) {
            var document = CleartextDocument.read(CleartextDocument.write(Bytes.of(CONTENT), signature));
            content = document.text().toArray();
            file = document.signature();
        }
        var good = assertInstanceOf(Verdict.Good.class, Sample.verdict(SAMPLE.keyring(), file, content));
        assertEquals(Sample.QA, good.authority());
        assertEquals(SAMPLE.signing().key().id(), good.key());
        assertEquals(Optional.of(Sample.NOW), good.signedAt());
    }

    /// The layout of the package comment, octet by octet.
    @Test
    void aSignatureIsOfItsProfileToTheLastOctet() {
        byte[] packet = SAMPLE.sign(MEASURED, Encoding.BINARY).bytes().toArray();
        String hex = HexFormat.of().formatHex(packet);
        String seconds = HexFormat.of().toHexDigits((int) Sample.NOW.getEpochSecond());
        String fingerprint =
                HexFormat.of().formatHex(KeyPacket.of(SAMPLE.signing().key()).fingerprint());
        assertTrue(
                hex.startsWith(
                        "c298" + "06001b0a" + "00000029" + "0582" + seconds + "222106" + fingerprint + "00000000"),
                hex);
        assertEquals("20" + Sample.SALT.hex(), hex.substring(2 * SALT_LENGTH_AT, 2 * (SALT_LENGTH_AT + 33)));
        assertEquals(SALT_LENGTH_AT + 33 + 64, packet.length);
    }

    @Test
    void armorHasNoChecksumAndTheDocumentNoHeader() {
        var signature = SAMPLE.sign(MEASURED, Encoding.CLEARTEXT);
        String document =
                new String(CleartextDocument.write(Bytes.of(CONTENT), signature).toArray(), StandardCharsets.US_ASCII);
        assertTrue(document.startsWith("-----BEGIN PGP SIGNED MESSAGE-----\n\na line"), document);
        assertFalse(document.contains("\n="), document);
    }

    @Test
    void otherContentDoesNotCount() {
        var file = SAMPLE.sign(MEASURED, Encoding.BINARY).bytes();
        byte[] tampered = CONTENT.clone();
        tampered[0] ^= 1;
        assertBad(Reason.OTHER_CONTENT, Sample.verdict(SAMPLE.keyring(), file, tampered));
    }

    @Test
    void anotherKeyDoesNotCount() {
        var file = SAMPLE.sign(MEASURED, Encoding.BINARY).bytes();
        assertBad(Reason.UNKNOWN_KEY, Sample.verdict(Sample.make().keyring(), file, CONTENT));
    }

    private static Bytes changed(int at, int octet) {
        byte[] packet = SAMPLE.sign(MEASURED, Encoding.BINARY).bytes().toArray();
        packet[at] = (byte) octet;
        return Bytes.of(packet);
    }

    @Test
    void aChangedSaltDoesNotCount() {
        var file = changed(SALT_LENGTH_AT + 1, 8);
        assertBad(Reason.OTHER_CONTENT, Sample.verdict(SAMPLE.keyring(), file, CONTENT));
        var signature = new Signature(Sample.SIGNING.description().name(), Encoding.BINARY, file);
        assertFalse(Sample.VERIFYING.isBy(SAMPLE.signing().key(), signature, MEASURED));
    }

    /// RFC 9580, section 5.2.3: "The salt size MUST match the value defined for the hash algorithm".
    @ParameterizedTest
    @ValueSource(ints = {0, 16, 24, 31, 33, 255})
    void aSaltOfAnotherLengthIsMalformed(int length) {
        var file = changed(SALT_LENGTH_AT, length);
        assertThrows(MalformedException.class, () -> SAMPLE.keyring().read(file));
    }

    /// The salt is whole, and what stands behind it too short; or the packet ends within the salt.
    @Test
    void aTruncatedSaltIsMalformed() {
        byte[] packet = SAMPLE.sign(MEASURED, Encoding.BINARY).bytes().toArray();
        for (int length = 10; length < packet.length; length += 7) {
            byte[] cut = Arrays.copyOf(packet, length);
            cut[1] = (byte) (length - 2);
            assertThrows(MalformedException.class, () -> SAMPLE.keyring().read(Bytes.of(cut)), "" + length);
        }
    }

    @Test
    void aSaltInACertificateHasItsLengthToo() throws Exception {
        byte[] binary = packets(SAMPLE.certificate());
        // Key packet of 44 octets; then the direct-key signature, whose salt stands behind three octets of key flags.
        int at = 44 + SALT_LENGTH_AT + 3;
        assertEquals(32, binary[at]);
        binary[at] = 31;
        assertThrows(MalformedException.class, () -> Sample.VERIFYING.keyring(Map.of(Sample.QA, Bytes.of(binary))));
    }

    private static byte[] packets(Bytes armored) {
        return dev.chancery.packet.Armor.read(dev.chancery.packet.Armor.Kind.PUBLIC_KEY, armored)
                .getFirst()
                .toArray();
    }

    /// What a client obtains that begins its state with another salt than it says: a signature that does not
    /// verify, which the check before release cannot see. With the octets that it did begin with in the
    /// packet it would.
    @Test
    void aLongStateOfAnotherSaltGetsWhatDoesNotVerify() {
        var own = Sample.salt(9);
        var state = Sample.measured(LONG, own).state(DigestAlgorithm.SHA512, ContentForm.BYTES, own);
        var measure = new Measure.OfState(DigestAlgorithm.SHA512, ContentForm.BYTES, Sample.SALT);
        var digest = Sample.measured(LONG, own).digest(DigestAlgorithm.SHA512);
        var lying = Measured.of(
                LONG.length, Map.of(DigestAlgorithm.SHA512, digest), Map.of(measure, state), Optional.empty());
        var signature = SAMPLE.sign(lying, Encoding.BINARY);
        assertTrue(Sample.VERIFYING.isBy(SAMPLE.signing().key(), signature, lying));
        assertBad(Reason.OTHER_CONTENT, Sample.verdict(SAMPLE.keyring(), signature.bytes(), LONG));
        byte[] rewritten = signature.bytes().toArray();
        System.arraycopy(own.bytes().toArray(), 0, rewritten, SALT_LENGTH_AT + 1, 32);
        assertInstanceOf(Verdict.Good.class, Sample.verdict(SAMPLE.keyring(), Bytes.of(rewritten), LONG));
    }

    @Test
    void withoutASaltOrTheDigestNothingIsSigned() {
        var unsalted = Sample.measured(CONTENT, Salt.NONE);
        assertThrows(
                MalformedException.class,
                () -> Sample.SIGNING.sign(
                        Measured.of(CONTENT.length, Map.of(), MEASURED.states(), Optional.empty()),
                        Sample.terms(Encoding.BINARY),
                        SAMPLE.signing()));
        assertEquals(Salt.NONE, unsalted.salt());
        var signature = SAMPLE.sign(MEASURED, Encoding.BINARY);
        assertFalse(Sample.VERIFYING.isBy(SAMPLE.signing().key(), signature, unsalted));
    }

    @Test
    void theCertificateIsWhatBouncyCastleCallsOne() throws Exception {
        var end = MemoryKey.CREATED.plus(Duration.ofDays(400));
        var sample = SAMPLE.expiring(end);
        var certificate =
                new OpenPGPKeyReader().parseCertificate(sample.certificate().toArray());
        var during = java.util.Date.from(Sample.NOW);
        assertEquals(2, certificate.getKeys().size());
        assertEquals(1, certificate.getCertificationKeys(during).size());
        var signing = certificate.getSigningKeys(during).getFirst();
        assertEquals(new KeyIdentifier(KeyPacket.of(sample.signing().key()).fingerprint()), signing.getKeyIdentifier());
        assertEquals(java.util.Date.from(end), signing.getKeyExpirationDateAt(during));
        assertTrue(certificate.getPrimaryKey().getPGPPublicKey().getVersion() == 6);
    }

    @Test
    void aKeyThatHadExpiredDoesNotCount() {
        var expired = SAMPLE.expiring(Sample.NOW.minusSeconds(1));
        var file = expired.sign(MEASURED, Encoding.BINARY).bytes();
        assertBad(Reason.EXPIRED, Sample.verdict(expired.keyring(), file, CONTENT));
        var last = SAMPLE.expiring(Sample.NOW.plusSeconds(1));
        assertInstanceOf(Verdict.Good.class, Sample.verdict(last.keyring(), file, CONTENT));
    }

    @Test
    void thePrimaryKeyDoesNotSignData() {
        var file = Sample.SIGNING
                .sign(MEASURED, Sample.terms(Encoding.BINARY), SAMPLE.primary())
                .bytes();
        assertBad(Reason.UNFIT_KEY, Sample.verdict(SAMPLE.keyring(), file, CONTENT));
    }

    /// A second authority joins; a signature of version 4 in the file keeps one of version 6 out.
    @Test
    void signaturesOfOneVersionAreJoined() {
        var joining = Sample.VERIFYING.joining().orElseThrow();
        var first = SAMPLE.sign(MEASURED, Encoding.BINARY);
        var second = Sample.make().sign(MEASURED, Encoding.BINARY);
        var both = joining.join(first.bytes(), second, false);
        assertEquals(first.bytes().length() + second.bytes().length(), both.length());
        assertInstanceOf(Verdict.Good.class, Sample.verdict(SAMPLE.keyring(), both, CONTENT));
        var version4 = ForeignVectorsTest.resource("/dev/chancery/openpgp/gpg/ed25519-SHA256.sig");
        assertThrows(MalformedException.class, () -> joining.join(version4, first, false));
    }

    @Test
    void theKeyringKnowsWhatItPublishes() {
        assertTrue(Sample.VERIFYING.publishes(
                SAMPLE.certificate(), SAMPLE.signing().key()));
        assertFalse(Sample.VERIFYING.publishes(
                SAMPLE.certificate(), Sample.make().signing().key()));
    }

    @Test
    void onlyEd25519KeysAreTaken() {
        var key = MemoryKey.Pair.of(KeyAlgorithm.ECDSA_P256)
                .bound(Sample.QA, OpenPgp6Format.DESCRIPTION.name(), KeyPurpose.SIGN);
        assertThrows(MalformedException.class, () -> KeyPacket.of(key.key()));
        var files = new Sample(SAMPLE.primary(), SAMPLE.primary());
        assertThrows(IllegalArgumentException.class, files::certificate);
        assertThrows(MalformedException.class, () -> SAMPLE.certificate("a\nb"));
    }
}
