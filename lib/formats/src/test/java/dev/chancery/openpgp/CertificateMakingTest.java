// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.core.MalformedException;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.packet.BouncyCastleReading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Our certificates, read by Bouncy Castle with its own checks.
class CertificateMakingTest {
    private static final Instant END = MemoryKey.CREATED.plus(Duration.ofDays(400));

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ECDSA_P384")
    void thePrimaryKeyCertifiesAndTheSubkeySigns(KeyAlgorithm algorithm) {
        var sample = Sample.of(algorithm).expiring(END);
        var certificate = certificate(sample);
        var during = Date.from(Sample.NOW);
        var primary = certificate.getPrimaryKey();
        var subkey = certificate.getSubkeys().values().iterator().next();
        assertEquals(2, certificate.getKeys().size());
        assertEquals(List.of(primary), certificate.getCertificationKeys(during));
        assertEquals(List.of(subkey), certificate.getSigningKeys(during));
        assertEquals(List.of(), certificate.getEncryptionKeys(during));
        assertArrayEquals(
                KeyPacket.of(sample.signing().key()).fingerprint(),
                subkey.getPGPPublicKey().getFingerprint());
        assertEquals(
                Optional.of(sample.signing().key().publicKey()),
                BouncyCastleReading.publicKey(subkey.getPGPPublicKey()));
        assertEquals(Date.from(END), subkey.getKeyExpirationDateAt(during));
        assertEquals(
                List.of("QA <qa@example.org>"),
                certificate.getAllUserIds().stream()
                        .map(OpenPGPCertificate.OpenPGPUserId::getUserId)
                        .toList());
    }

    /// RFC 9580, section 5.2.1.9: a primary key binding "is a statement by a signing subkey, indicating that it
    /// is owned by the primary key"; section 10.1.5: "every subkey for which there is a signing flag MUST
    /// contain [...] an embedded signature".
    @Test
    void everySignatureHoldsByTheReadersOwnArithmetic() throws Exception {
        var certificate = certificate(Sample.of(KeyAlgorithm.ED25519).expiring(END));
        PGPPublicKey primary = certificate.getPrimaryKey().getPGPPublicKey();
        PGPPublicKey subkey =
                certificate.getSubkeys().values().iterator().next().getPGPPublicKey();
        PGPSignature certification =
                primary.getSignaturesForID("QA <qa@example.org>").next();
        certification.init(new BcPGPContentVerifierBuilderProvider(), primary);
        assertTrue(certification.verifyCertification("QA <qa@example.org>", primary));
        assertEquals(PGPSignature.POSITIVE_CERTIFICATION, certification.getSignatureType());
        assertEquals(KeyFlags.CERTIFY_OTHER, certification.getHashedSubPackets().getKeyFlags());
        PGPSignature binding = subkey.getSignatures().next();
        binding.init(new BcPGPContentVerifierBuilderProvider(), primary);
        assertTrue(binding.verifyCertification(primary, subkey));
        assertEquals(PGPSignature.SUBKEY_BINDING, binding.getSignatureType());
        assertEquals(KeyFlags.SIGN_DATA, binding.getHashedSubPackets().getKeyFlags());
        PGPSignature back =
                binding.getHashedSubPackets().getEmbeddedSignatures().get(0);
        back.init(new BcPGPContentVerifierBuilderProvider(), subkey);
        assertTrue(back.verifyCertification(primary, subkey));
        assertEquals(PGPSignature.PRIMARYKEY_BINDING, back.getSignatureType());
        List.of(certification, binding, back).forEach(CertificateMakingTest::assertCritical);
    }

    /// rpm 4.18 refuses a certificate in which another subpacket is critical.
    private static void assertCritical(PGPSignature signature) {
        Arrays.stream(signature.getHashedSubPackets().toArray())
                .filter(SignatureSubpacket::isCritical)
                .forEach(critical -> assertTrue(critical.getType() == SignatureSubpacketTags.CREATION_TIME
                        || critical.getType() == SignatureSubpacketTags.KEY_FLAGS));
    }

    @Test
    void aKeyWithoutAnEndHasNone() {
        var subkey = certificate(Sample.of(KeyAlgorithm.ECDSA_P256))
                .getSubkeys()
                .values()
                .iterator()
                .next();
        assertEquals(null, subkey.getKeyExpirationDateAt(Date.from(Sample.NOW)));
        assertFalse(subkey.isPrimaryKey());
    }

    @Test
    void aUserIdHasOneTo255BytesWithoutControlCharacters() {
        assertDoesNotThrow(() -> make("q".repeat(255)));
        assertDoesNotThrow(() -> make("é"));
        for (String wrong : List.of("", "q".repeat(256), "é".repeat(128), "a\nb", "a\u0000", "a\u007f", "a\u0085")) {
            assertThrows(MalformedException.class, () -> make(wrong));
        }
    }

    private static void make(String userId) {
        var sample = Sample.of(KeyAlgorithm.ED25519);
        new CertificateMaking(Sample.HASHES, sample.primary(), Sample.NOW).make(userId, sample.signing());
    }

    @Test
    void keysHaveOnePurpose() {
        var sample = Sample.of(KeyAlgorithm.ED25519);
        assertThrows(
                IllegalArgumentException.class,
                () -> new CertificateMaking(Sample.HASHES, sample.signing(), Sample.NOW));
        var making = new CertificateMaking(Sample.HASHES, sample.primary(), Sample.NOW);
        assertThrows(IllegalArgumentException.class, () -> making.make("QA", sample.primary()));
    }

    private static OpenPGPCertificate certificate(Sample sample) {
        try {
            return new OpenPGPKeyReader().parseCertificate(sample.certificate().toArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
