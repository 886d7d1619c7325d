// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.verification.Keyring;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// A `raw` key is asked to sign exactly what a CMS signer signs, its attributes. Where the same secret stands
/// in a `cms` certificate too, the forgery is perfect; so a keyring with both is refused.
class CmsSharedKeyTest {
    private static final FormatName CMS = new FormatName("cms");
    private static final byte[] RELEASE = "wanted: a CMS signature over this".getBytes(StandardCharsets.US_ASCII);

    private final MemoryKeys.MemoryKey raw = Office.key(Scheme.ED25519, Office.RAW);
    private final MemoryKeys.MemoryKey both = raw.as(Office.QA, CMS, KeyPurpose.SIGN);

    /// A key with a certificate, whose values come from elsewhere.
    private record Certified(Key key, Optional<CertificateChain> certificates, Function<ToBeSigned, SignatureValue> by)
            implements SigningKey {
        @Override
        public SignatureValue sign(ToBeSigned toBeSigned) {
            return by.apply(toBeSigned);
        }
    }

    private Certified certified(Function<ToBeSigned, SignatureValue> by) {
        var certifying = Office.FORMATS.get(CMS).signing().certifying().orElseThrow();
        return new Certified(both.key(), Optional.of(certifying.selfSigned(both)), by);
    }

    private static Measured measured(byte[] content) {
        var measures = List.of(Measure.content(), Measure.digest(DigestAlgorithm.SHA512));
        return new ContentPass(Office.HASHES).measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
    }

    /// The value over the attributes, made by the engine as a `raw` signature.
    private SignatureValue asRaw(ToBeSigned toBeSigned) {
        byte[] attributes = ((ToBeSigned.OfMessage) toBeSigned).message().toArray();
        assertTrue(attributes[0] == 0x31, "a SET");
        var engine = Office.engine(new MemoryKeys().with(raw));
        var signature = engine.sign(Office.ALICE, Office.request(Office.RAW, Encoding.BINARY, attributes));
        return new SignatureValue(signature.bytes());
    }

    @Test
    void attributesAsContentForgeASignatureAndAKeyringRefusesTheKey() {
        var forger = certified(this::asRaw);
        var terms = new SignatureTerms(new ArtifactName("artifact"), Encoding.BINARY, Office.NOW);
        var format = Office.FORMATS.get(CMS);
        var forged = format.signing().sign(measured(RELEASE), terms, forger).bytes();
        var publication = new KeyPublication(forger, Optional.empty(), "unused", Office.NOW);
        var cms = format.verifying().keyring(Map.of(Office.QA, format.signing().publish(publication)));
        assertInstanceOf(Verdict.Good.class, cms.read(forged).getFirst().check(measured(RELEASE), Office.NOW));
        var rawOnly = Office.FORMATS
                .get(Office.RAW)
                .verifying()
                .keyring(Map.of(
                        Office.QA,
                        Office.FORMATS
                                .get(Office.RAW)
                                .signing()
                                .publish(new KeyPublication(raw, Optional.empty(), "unused", Office.NOW))));
        var fault = assertThrows(MalformedException.class, () -> new Keyring(Map.of(CMS, cms, Office.RAW, rawOnly)));
        assertTrue(fault.sentence().contains("one key twice"), fault.sentence());
    }

    /// The reverse: a CMS signature is one over its attributes as content, to whoever takes its key for a `raw`
    /// one.
    @Test
    void theValueOfASignatureIsARawOneOverItsAttributes() {
        var asked = new java.util.ArrayList<Bytes>();
        var values = new java.util.ArrayList<SignatureValue>();
        var signer = certified(toBeSigned -> {
            asked.add(((ToBeSigned.OfMessage) toBeSigned).message());
            values.add(both.sign(toBeSigned));
            return values.getFirst();
        });
        var terms = new SignatureTerms(new ArtifactName("artifact"), Encoding.BINARY, Office.NOW);
        Office.FORMATS.get(CMS).signing().sign(measured(RELEASE), terms, signer);
        var rawFormat = Office.FORMATS.get(Office.RAW);
        var keys = rawFormat
                .verifying()
                .keyring(Map.of(
                        Office.QA,
                        rawFormat.signing().publish(new KeyPublication(raw, Optional.empty(), "unused", Office.NOW))));
        var attributes = measured(asked.getFirst().toArray());
        var verdict = keys.read(values.getFirst().bytes()).getFirst().check(attributes, Office.NOW);
        assertInstanceOf(Verdict.Good.class, verdict);
    }
}
