// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sigstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.Mutation;
import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.bundle.Bundle;
import dev.chancery.bundle.MessageSignature;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SigstoreSigningTest {
    private static final Authority QA = new Authority("qa");
    private static final SigstoreSigning SIGNING = new SigstoreSigning();
    private static final SigstoreVerifying VERIFYING = new SigstoreVerifying(new SignatureChecks());
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Measured CONTENT = measured("some content\n");
    private static final MemoryKey KEY = key(KeyAlgorithm.ECDSA_P256);

    @ParameterizedTest
    @EnumSource(names = {"ECDSA_P256", "RSA_3072"})
    void everyAlgorithmIsReadBack(KeyAlgorithm algorithm) {
        var key = key(algorithm);
        var signature = sign(key);
        assertTrue(VERIFYING.isBy(key.key(), signature, CONTENT));
        assertFalse(VERIFYING.isBy(key.key(), signature, measured("other")));
        assertFalse(VERIFYING.isBy(KEY.key(), signature, CONTENT));
        assertEquals(
                new Verdict.Good(QA, key.key().id(), Optional.empty()),
                verdict(keyring(key), text(signature), CONTENT));
    }

    /// protobuf-specs, `sigstore_bundle.proto`; the hint as cosign writes it.
    @Test
    void whatIsWritten() {
        assertTrue(text(sign(KEY))
                .matches("\\{\"mediaType\":\"application/vnd\\.dev\\.sigstore\\.bundle\\.v0\\.3\\+json\","
                        + "\"verificationMaterial\":\\{\"publicKey\":\\{\"hint\":\"[A-Za-z0-9+/]{43}=\"}},"
                        + "\"messageSignature\":\\{\"messageDigest\":\\{\"algorithm\":\"SHA2_256\","
                        + "\"digest\":\"[A-Za-z0-9+/]{43}=\"},\"signature\":\"[A-Za-z0-9+/=]+\"}}"));
    }

    /// What a signer could smuggle out beside a signature: nothing.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"mediaType\"             | { \"mediaType\"",
                "\"hint\":\"                | \"hint\":\"x",
                "\"publicKey\":{            | \"tlogEntries\":[],\"publicKey\":{",
                "bundle.v0.3+json           | bundle+json;version=0.3",
            })
    void aSignerWritesExactlyOneForm(String written, String changed) {
        var signature = sign(KEY);
        String other = text(signature).replace(written, changed);
        assertFalse(VERIFYING.isBy(KEY.key(), signature(other), CONTENT));
        assertInstanceOf(Verdict.Good.class, verdict(keyring(KEY), other, CONTENT));
    }

    @Test
    void noOtherFormatNoOtherEncoding() {
        var signature = sign(KEY);
        var binary = new Signature(SIGNING.description().name(), Encoding.BINARY, signature.bytes());
        assertFalse(VERIFYING.isBy(KEY.key(), binary, CONTENT));
        var raw = new Signature(new dev.chancery.core.FormatName("raw"), Encoding.ARMOR, signature.bytes());
        assertFalse(VERIFYING.isBy(KEY.key(), raw, CONTENT));
        assertThrows(
                MalformedException.class,
                () -> SIGNING.sign(CONTENT, new SignatureTerms(new ArtifactName("a"), Encoding.BINARY, NOW), KEY));
    }

    @Test
    void aDamagedBundleNeverCountsForOtherContent() {
        byte[] bundle = sign(KEY).bytes().toArray();
        var keyring = keyring(KEY);
        var mutation = new Mutation(1);
        var other = measured("other content\n");
        for (int round = Mutation.rounds(2_000); round > 0; round--) {
            String damaged = new String(mutation.of(bundle), StandardCharsets.UTF_8);
            try {
                assertInstanceOf(Verdict.Bad.class, verdict(keyring, damaged, other), damaged);
            } catch (MalformedException e) {
                assertTrue(e.sentence().startsWith("bundle"), e.sentence());
            }
        }
    }

    @Test
    void everyBitOfTheSignatureCounts() {
        var bundle = Bundle.read(sign(KEY).bytes()).orElseThrow();
        var signed = (MessageSignature) bundle.content();
        byte[] value = signed.signature().bytes().toArray();
        for (int bit = 0; bit < value.length * 8; bit++) {
            value[bit / 8] ^= (byte) (1 << bit % 8);
            var other = new MessageSignature(signed.digest(), dev.chancery.key.SignatureValue.of(value));
            var changed = new Bundle(bundle.hint(), other).write();
            assertEquals(
                    Reason.OTHER_CONTENT,
                    reason(verdict(keyring(KEY), new String(changed.toArray(), StandardCharsets.US_ASCII), CONTENT)));
            value[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void saysWhyItDoesNotCount() {
        String mine = text(sign(KEY));
        assertEquals(Reason.OTHER_CONTENT, reason(verdict(keyring(KEY), mine, measured("other"))));
        assertEquals(Reason.UNKNOWN_KEY, reason(verdict(keyring(key(KeyAlgorithm.ECDSA_P256)), mine, CONTENT)));
        String statement = mine.replaceFirst(
                "\"messageSignature\":.*",
                "\"dsseEnvelope\":{\"payload\":\"\",\"payloadType\":\"\",\"signatures\":[{\"sig\":\"AA==\"}]}}");
        assertThrows(MalformedException.class, () -> verdict(keyring(KEY), statement, CONTENT));
        String certificate = mine.replaceFirst("\"publicKey\":\\{[^}]*}", "\"certificate\":{}");
        assertEquals(Reason.UNSUPPORTED, reason(verdict(keyring(KEY), certificate, CONTENT)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v0.3+json     | v0.2+json      | bundle's mediaType",
                "\"hint\"      | \"hunt\"       | not known here",
                "SHA2_256      | SHA2_224       | is not SHA2_256, SHA2_384 or SHA2_512",
                "SHA2_256      | SHA2_512       | bundle.messageSignature.messageDigest",
                "\"signature\":\"M | \"signature\":\"* | is not base64",
                "\"publicKey\" | \"x509\"       | exactly one of publicKey",
                "{\"publicKey\" | {\"certificate\":{},\"publicKey\" | exactly one of publicKey",
                "\"messageSignature\" | \"dsseEnvelope\":{},\"messageSignature\" | exactly one of messageSignature",
            })
    void oneFaultEach(String written, String fault, String sentence) {
        String bundle = text(sign(KEY));
        String faulty = bundle.replace(written, fault);
        assertFalse(bundle.equals(faulty), written);
        var keyring = keyring(KEY);
        var e = assertThrows(MalformedException.class, () -> keyring.read(bytes(faulty)));
        assertTrue(e.sentence().contains(sentence), e.sentence());
    }

    @Test
    void anEd25519KeyIsNoKeyOfThisFormat() {
        var file = SIGNING.publish(publication(key(KeyAlgorithm.ED25519)));
        var e = assertThrows(MalformedException.class, () -> VERIFYING.keyring(Map.of(QA, file)));
        assertEquals("public key file of qa has an Ed25519 key, which signs no digest", e.sentence());
    }

    private static Signature sign(MemoryKey key) {
        return SIGNING.sign(CONTENT, new SignatureTerms(new ArtifactName("a"), Encoding.ARMOR, NOW), key);
    }

    private static Signature signature(String bundle) {
        return new Signature(SIGNING.description().name(), Encoding.ARMOR, bytes(bundle));
    }

    private static String text(Signature signature) {
        return new String(signature.bytes().toArray(), StandardCharsets.UTF_8);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Verdict verdict(FormatKeyring keyring, String bundle, Measured content) {
        return keyring.read(bytes(bundle)).getFirst().check(content, NOW);
    }

    private static Reason reason(Verdict verdict) {
        return assertInstanceOf(Verdict.Bad.class, verdict).reason();
    }

    private static KeyPublication publication(MemoryKey key) {
        return new KeyPublication(key, Optional.empty(), "unused", NOW);
    }

    private static FormatKeyring keyring(MemoryKey... keys) {
        String pem = List.of(keys).stream()
                .map(key -> PublicKeyPem.write(key.key().publicKey()))
                .collect(Collectors.joining());
        return VERIFYING.keyring(Map.of(QA, bytes(pem)));
    }

    private static MemoryKey key(KeyAlgorithm algorithm) {
        return MemoryKey.Pair.of(algorithm).bound(QA, SIGNING.description().name(), KeyPurpose.SIGN);
    }

    private static Measured measured(String content) {
        Set<Measure> measures = Set.of(
                Measure.digest(DigestAlgorithm.SHA256),
                Measure.digest(DigestAlgorithm.SHA384),
                Measure.digest(DigestAlgorithm.SHA512));
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        return new ContentPass(new BouncyCastleHashes())
                .measure(Channels.newChannel(new ByteArrayInputStream(bytes)), measures);
    }
}
