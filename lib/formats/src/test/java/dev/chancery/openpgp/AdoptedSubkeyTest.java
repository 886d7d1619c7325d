// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Mallory binds the signing subkey of qa to a certificate of her own, to be taken for the signer of what qa signed
/// (RFC 9580, section 5.2.1.9). Bouncy Castle makes the certificates, for we never would.
class AdoptedSubkeyTest {
    private static final Authority MALLORY = new Authority("mallory");
    private static final byte[] CONTENT = "content\n".getBytes(StandardCharsets.US_ASCII);
    private static final Date MADE = Date.from(Sample.NOW.minusSeconds(3600));
    private static final Date SIGNED = Date.from(Sample.NOW.minusSeconds(60));

    private final PGPKeyPair qa = pair();
    private final PGPKeyPair mallory = pair();
    private final PGPKeyPair subkey = pair();

    AdoptedSubkeyTest() throws PGPException {}

    private static PGPKeyPair pair() throws PGPException {
        var generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        return new BcPGPKeyPair(
                PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.EDDSA_LEGACY, generator.generateKeyPair(), MADE);
    }

    @Test
    void countsForWhomItSignedBackTo() throws Exception {
        assertInstanceOf(Verdict.Good.class, verdict(qa, back(qa)));
        assertInstanceOf(Verdict.Good.class, verdict(mallory, back(mallory)));
    }

    @Test
    void withTheBackSignatureMadeForAnotherItDoesNotCount() throws Exception {
        assertUnfit(verdict(mallory, back(qa)));
    }

    @Test
    void withoutAnyBackSignatureItDoesNotCount() throws Exception {
        assertUnfit(verdict(mallory, null));
    }

    /// Mallory can make every signature but that of the subkey.
    @Test
    void withABackSignatureByTheAdopterItDoesNotCount() throws Exception {
        var generator = generator(mallory, PGPSignature.PRIMARYKEY_BINDING);
        var forged = generator.generateCertification(mallory.getPublicKey(), subkey.getPublicKey());
        assertUnfit(verdict(mallory, forged));
    }

    private static void assertUnfit(Verdict verdict) {
        assertEquals(
                Reason.UNFIT_KEY, assertInstanceOf(Verdict.Bad.class, verdict).reason());
    }

    private PGPSignature back(PGPKeyPair primary) throws PGPException {
        return generator(subkey, PGPSignature.PRIMARYKEY_BINDING)
                .generateCertification(primary.getPublicKey(), subkey.getPublicKey());
    }

    private Verdict verdict(PGPKeyPair primary, @Nullable PGPSignature back) throws PGPException, IOException {
        var keyring = Sample.VERIFYING.keyring(Map.of(MALLORY, certificate(primary, back)));
        return Sample.verdict(keyring, documentSignature(), Sample.measured(CONTENT));
    }

    private Bytes certificate(PGPKeyPair primary, @Nullable PGPSignature back) throws PGPException, IOException {
        var certification = generator(primary, PGPSignature.POSITIVE_CERTIFICATION);
        var bound = new PGPSignatureSubpacketGenerator();
        bound.setSignatureCreationTime(true, MADE);
        bound.setKeyFlags(true, KeyFlags.SIGN_DATA);
        if (back != null) {
            bound.addEmbeddedSignature(false, back);
        }
        var binding = generator(primary, PGPSignature.SUBKEY_BINDING);
        binding.setHashedSubpackets(bound.generate());
        var packets = new ByteArrayOutputStream();
        packets.writeBytes(primary.getPublicKey().getPublicKeyPacket().getEncoded());
        packets.writeBytes(new org.bouncycastle.bcpg.UserIDPacket("m").getEncoded());
        packets.writeBytes(
                certification.generateCertification("m", primary.getPublicKey()).getEncoded());
        packets.writeBytes(new org.bouncycastle.bcpg.PublicSubkeyPacket(
                        PublicKeyPacket.VERSION_4,
                        PublicKeyAlgorithmTags.EDDSA_LEGACY,
                        MADE,
                        subkey.getPublicKey().getPublicKeyPacket().getKey())
                .getEncoded());
        packets.writeBytes(binding.generateCertification(primary.getPublicKey(), subkey.getPublicKey())
                .getEncoded());
        return Bytes.of(packets.toByteArray());
    }

    private Bytes documentSignature() throws PGPException, IOException {
        var generator = generator(subkey, PGPSignature.BINARY_DOCUMENT);
        var made = new PGPSignatureSubpacketGenerator();
        made.setSignatureCreationTime(true, SIGNED);
        made.setIssuerFingerprint(true, subkey.getPublicKey());
        generator.setHashedSubpackets(made.generate());
        generator.update(CONTENT);
        return Bytes.of(generator.generate().getEncoded());
    }

    private static PGPSignatureGenerator generator(PGPKeyPair signer, int type) throws PGPException {
        var generator = new PGPSignatureGenerator(
                new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.EDDSA_LEGACY, HashAlgorithmTags.SHA512),
                signer.getPublicKey());
        generator.init(type, signer.getPrivateKey());
        var made = new PGPSignatureSubpacketGenerator();
        made.setSignatureCreationTime(true, MADE);
        made.setIssuerFingerprint(true, signer.getPublicKey());
        if (type == PGPSignature.POSITIVE_CERTIFICATION) {
            made.setKeyFlags(true, KeyFlags.CERTIFY_OTHER);
        }
        generator.setHashedSubpackets(made.generate());
        return generator;
    }
}
