// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.core.Bytes;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.packet.CertificateJoining;
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketReader;
import dev.chancery.packet.PacketVersion;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Date;
import java.util.List;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.bcpg.sig.RevocationReasonTags;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.junit.jupiter.api.Test;

/// What administrators certify stays in a joined certificate; what others do, goes. Bouncy Castle certifies here.
class CertifiedCertificateTest {
    private static final String USER = "QA <qa@example.org>";
    private static final Date MADE = Date.from(Sample.NOW.minusSeconds(3600));

    private final Sample sample = Sample.of(KeyAlgorithm.ED25519);
    private final Bytes own = CertificateJoining.split(sample.certificate()).getFirst();
    private final PGPKeyPair alice = pair();

    CertifiedCertificateTest() throws PGPException {}

    private static PGPKeyPair pair() throws PGPException {
        var generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        return new BcPGPKeyPair(
                PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.EDDSA_LEGACY, generator.generateKeyPair(), MADE);
    }

    private static PGPSignatureGenerator generator(PGPKeyPair signer, int type, PGPSignatureSubpacketGenerator more)
            throws PGPException {
        var generator = new PGPSignatureGenerator(
                new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.EDDSA_LEGACY, HashAlgorithmTags.SHA512),
                signer.getPublicKey());
        generator.init(type, signer.getPrivateKey());
        more.setSignatureCreationTime(true, MADE);
        more.setIssuerFingerprint(false, signer.getPublicKey());
        generator.setHashedSubpackets(more.generate());
        return generator;
    }

    /// The certificate of an administrator, with what is behind its key.
    private static Bytes certificate(PGPKeyPair admin, PGPSignature... ofKey) throws PGPException, IOException {
        var flags = new PGPSignatureSubpacketGenerator();
        flags.setKeyFlags(true, KeyFlags.CERTIFY_OTHER);
        var certification = generator(admin, PGPSignature.POSITIVE_CERTIFICATION, flags)
                .generateCertification("admin", admin.getPublicKey());
        var octets =
                new Octets().octets(admin.getPublicKey().getPublicKeyPacket().getEncoded());
        for (var signature : ofKey) {
            octets.octets(signature.getEncoded());
        }
        return Bytes.of(octets.octets(new org.bouncycastle.bcpg.UserIDPacket("admin").getEncoded())
                .octets(certification.getEncoded())
                .toArray());
    }

    /// Our certificate with what somebody says of its user ID, behind our own certification.
    private Bytes certified(PGPKeyPair by, int type, PGPSignatureSubpacketGenerator more)
            throws PGPException, IOException {
        var ring = new PGPPublicKeyRing(own.toArray(), new BcKeyFingerprintCalculator());
        var said = generator(by, type, more).generateCertification(USER, ring.getPublicKey());
        var packets = PacketReader.read(own);
        var octets = new Octets();
        for (int i = 0; i < packets.size(); i++) {
            octets.octets(packets.get(i).octets().toArray());
            if (i == 2) {
                octets.octets(said.getEncoded());
            }
        }
        return Bytes.of(octets.toArray());
    }

    private Bytes certified(PGPKeyPair by) throws PGPException, IOException {
        return certified(by, PGPSignature.POSITIVE_CERTIFICATION, new PGPSignatureSubpacketGenerator());
    }

    private static CertificateJoining keeping(Bytes... certifiers) {
        return new CertificateJoining(PacketVersion.V4, List.of(certifiers));
    }

    private static int signatures(Bytes certificate) {
        return (int) PacketReader.read(certificate).stream()
                .filter(packet -> packet.tag() == 2)
                .count();
    }

    @Test
    void certificationsOfAdministratorsAreKeptBehindOurOwn() throws Exception {
        var bob = pair();
        var joining = keeping(certificate(alice), certificate(bob));
        Bytes both = joining.join(certified(alice), certified(bob));
        assertEquals(signatures(own) + 2, signatures(both));
        assertEquals(both, joining.join(certified(bob), both));
        assertEquals(PacketReader.read(own).get(2), PacketReader.read(both).get(2));
    }

    @Test
    void certificationsOfOthersAreDropped() throws Exception {
        assertEquals(own, keeping().clean(certified(alice)));
        assertEquals(own, keeping(certificate(pair())).clean(certified(alice)));
    }

    @Test
    void aCertificationThatIsNotToBeExportedIsDropped() throws Exception {
        var local = new PGPSignatureSubpacketGenerator();
        local.setExportable(true, false);
        assertEquals(
                own, keeping(certificate(alice)).clean(certified(alice, PGPSignature.POSITIVE_CERTIFICATION, local)));
    }

    @Test
    void anAdministratorsRevocationOfACertificationIsKept() throws Exception {
        Bytes revoked = certified(alice, PGPSignature.CERTIFICATION_REVOCATION, new PGPSignatureSubpacketGenerator());
        assertEquals(signatures(own) + 2, signatures(keeping(certificate(alice)).join(certified(alice), revoked)));
    }

    @Test
    void nothingThatACompromisedAdministratorSaidIsKept() throws Exception {
        var reason = new PGPSignatureSubpacketGenerator();
        reason.setRevocationReason(false, RevocationReasonTags.KEY_COMPROMISED, "");
        var revocation =
                generator(alice, PGPSignature.KEY_REVOCATION, reason).generateCertification(alice.getPublicKey());
        assertEquals(own, keeping(certificate(alice, revocation)).clean(certified(alice)));
    }

    /// The certification of one key under the name of another.
    @Test
    void aCertificationUnderAnothersNameIsDropped() throws Exception {
        var mallory = pair();
        var named = new PGPSignatureSubpacketGenerator();
        named.setIssuerKeyID(false, alice.getKeyID());
        assertEquals(
                own, keeping(certificate(alice)).clean(certified(mallory, PGPSignature.POSITIVE_CERTIFICATION, named)));
    }
}
