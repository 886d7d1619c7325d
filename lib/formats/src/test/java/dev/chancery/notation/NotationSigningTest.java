// SPDX-License-Identifier: Apache-2.0
package dev.chancery.notation;

import static dev.chancery.notation.Sample.CONTENT;
import static dev.chancery.notation.Sample.MANIFEST;
import static dev.chancery.notation.Sample.NOTATION;
import static dev.chancery.notation.Sample.NOW;
import static dev.chancery.notation.Sample.QA;
import static dev.chancery.notation.Sample.VERIFYING;
import static dev.chancery.notation.Sample.key;
import static dev.chancery.notation.Sample.keyring;
import static dev.chancery.notation.Sample.measured;
import static dev.chancery.notation.Sample.sign;
import static dev.chancery.notation.Sample.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.EcdsaValue;
import dev.chancery.algorithms.Mutation;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotationSigningTest {
    private static final Instant SECOND = Instant.parse("2026-02-01T00:00:00Z");
    private static final Sample.Certified KEY = key(KeyAlgorithm.ECDSA_P256);

    private static Reason reason(FormatKeyring keyring, Bytes file) {
        return assertInstanceOf(Verdict.Bad.class, verdict(keyring, file, CONTENT, NOW))
                .reason();
    }

    @ParameterizedTest
    @EnumSource(names = {"ECDSA_P256", "ECDSA_P384"})
    void everyAlgorithmIsReadBack(KeyAlgorithm algorithm) {
        var key = key(algorithm);
        var signature = sign(CONTENT, NOW, key);
        assertTrue(VERIFYING.isBy(key.key(), signature, CONTENT));
        assertFalse(VERIFYING.isBy(key.key(), signature, measured(MANIFEST + " ")));
        assertFalse(VERIFYING.isBy(key(algorithm).key(), signature, CONTENT));
        assertEquals(
                new Verdict.Good(QA, key.key().id(), Optional.of(SECOND)),
                verdict(keyring(key), signature.bytes(), CONTENT, NOW));
        assertEquals(Reason.UNKNOWN_KEY, reason(keyring(key(algorithm)), signature.bytes()));
        var other = verdict(keyring(key), signature.bytes(), measured(MANIFEST + " "), NOW);
        assertEquals(
                Reason.OTHER_CONTENT, assertInstanceOf(Verdict.Bad.class, other).reason());
    }

    /// RFC 7518, section 3.4: octet sequences "MUST NOT be shortened to omit any leading zero octets". One signature in
    /// 128 has one: this goes on until one has.
    @Test
    void integersHaveTheirLeadingZeros() {
        var key = keyring(KEY);
        for (int second = 0; second < 10_000; second++) {
            var signature = sign(CONTENT, NOW.plusSeconds(second), KEY);
            byte[] value = Jws.read(signature.bytes()).value().toArray();
            assertEquals(64, value.length);
            if (value[0] == 0 || value[32] == 0) {
                assertInstanceOf(Verdict.Good.class, verdict(key, signature.bytes(), CONTENT, NOW.plusSeconds(second)));
                return;
            }
        }
        throw new AssertionError("none of 10,000 signatures has a leading zero");
    }

    @Test
    void aSignatureSaysWhatTheSpecificationSays() {
        var jws = Jws.read(sign(CONTENT, NOW, KEY).bytes());
        assertEquals(
                "{\"alg\":\"ES256\",\"cty\":\"application/vnd.cncf.notary.payload.v1+json\","
                        + "\"crit\":[\"io.cncf.notary.signingScheme\"],"
                        + "\"io.cncf.notary.signingScheme\":\"notary.x509\","
                        + "\"io.cncf.notary.signingTime\":\"2026-02-01T00:00:00Z\"}",
                text(jws.protectedHeader()));
        assertEquals(
                "{\"targetArtifact\":{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"digest\":\"sha256:%s\",\"size\":%d}}"
                                .formatted(
                                        CONTENT.digest(DigestAlgorithm.SHA256).hex(), MANIFEST.length()),
                text(jws.payload()));
        assertEquals(KEY.certificates().orElseThrow(), jws.certificates());
        assertTrue(jws.protectedHeader().startsWith("e"), "no SEQUENCE begins so");
    }

    private static String text(String base64) {
        return new String(Jws.bytes("text", base64).toArray(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'schemaVersion':2,'layers':[]}    | application/vnd.oci.image.manifest.v1+json",
                "{'schemaVersion':2,'manifests':[]} | application/vnd.oci.image.index.v1+json",
                "{'mediaType':'application/vnd.docker.distribution.manifest.list.v2+json'}"
                        + " | application/vnd.docker.distribution.manifest.list.v2+json",
            })
    void theTypeIsTheManifests(String manifest, String type) {
        var content = measured(manifest.replace('\'', '"'));
        var jws = Jws.read(sign(content, NOW, KEY).bytes());
        assertTrue(text(jws.payload()).contains("\"" + type + "\""), text(jws.payload()));
    }

    /// The engine signs no other content, whatever the requester calls it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "[]",
                "{}",
                "{\"schemaVersion\":1,\"layers\":[]}",
                "{\"schemaVersion\":2,\"layers\":[],\"manifests\":[]}",
                "{\"schemaVersion\":2,\"layers\":{}}",
                "{\"mediaType\":\"application/octet-stream\",\"schemaVersion\":2,\"layers\":[]}",
                "{\"schemaVersion\":2,\"schemaVersion\":2,\"layers\":[]}",
            })
    void nothingButManifestsIsSigned(String content) {
        var measured = measured(content);
        assertThrows(MalformedException.class, () -> sign(measured, NOW, KEY));
    }

    @Test
    void aManifestHasALimit() {
        String open = "{\"schemaVersion\":2,\"layers\":[],\"a\":\"";
        String whole = open + "a".repeat(Measured.CONTENT_BYTES_MAX - open.length() - 2) + "\"}";
        assertTrue(VERIFYING.isBy(KEY.key(), sign(measured(whole), NOW, KEY), measured(whole)));
        assertThrows(MalformedException.class, () -> measured(whole + " ").content());
    }

    private static Bytes forged(String header, String payload, SigningKey key) {
        String protectedHeader = base64(header);
        String text = base64(payload);
        var scheme = key.key().publicKey().scheme();
        var value = key.sign(NotationFormat.toBeSigned(scheme, protectedHeader, text));
        var integers = EcdsaValue.read(scheme, value.bytes().toArray()).orElseThrow();
        byte[] plain = new byte[64];
        byte[] r = integers.r().add(java.math.BigInteger.ONE.shiftLeft(256)).toByteArray();
        byte[] s = integers.s().add(java.math.BigInteger.ONE.shiftLeft(256)).toByteArray();
        System.arraycopy(r, 1, plain, 0, 32);
        System.arraycopy(s, 1, plain, 32, 32);
        return new Jws(text, protectedHeader, key.certificates().orElseThrow(), Bytes.of(plain)).write();
    }

    private static String base64(String text) {
        return Jws.text(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static final String HEADER = "{\"alg\":\"ES256\",\"cty\":\"application/vnd.cncf.notary.payload.v1+json\","
            + "\"crit\":[\"io.cncf.notary.signingScheme\"],\"io.cncf.notary.signingScheme\":\"notary.x509\","
            + "\"io.cncf.notary.signingTime\":\"2026-02-01T00:00:00Z\",\"extended\":7}";

    private static String payload() {
        return ("{\"targetArtifact\":{\"mediaType\":\"m\",\"digest\":\"sha512:%s\",\"size\":%d,"
                        + "\"annotations\":{\"a\":\"b\"}}}")
                .formatted(CONTENT.digest(DigestAlgorithm.SHA512).hex(), MANIFEST.length());
    }

    /// What other signers add that is not critical, and other digests.
    @Test
    void whatOthersSignIsRead() {
        var file = forged(HEADER, payload(), KEY);
        assertInstanceOf(Verdict.Good.class, verdict(keyring(KEY), file, CONTENT, NOW));
        var signature = new Signature(NOTATION, Encoding.ARMOR, file);
        assertFalse(VERIFYING.isBy(KEY.key(), signature, CONTENT), "it is not our writing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"alg\":\"ES256\"    | \"alg\":\"none\"        | UNSUPPORTED",
                "\"alg\":\"ES256\"    | \"alg\":\"ES384\"       | UNSUPPORTED",
                "payload.v1+json      | payload.v2+json         | UNSUPPORTED",
                "\"notary.x509\"      | \"notary.x509.signingAuthority\" | UNSUPPORTED",
                "signingScheme\"],    | signingScheme\",\"b64\"], | UNSUPPORTED",
                "signingScheme\"],    | signingScheme\",7],     | UNSUPPORTED",
                "\"crit\":[\"io.cncf.notary.signingScheme\"] | \"crit\":[] | UNSUPPORTED",
                "2026-02-01T00:00:00Z | 2026-02-01T00:30:02Z    | NOT_YET_VALID",
                "2026-02-01T00:00:00Z | 2025-01-01T00:00:00Z    | UNFIT_KEY",
                "\"extended\":7 | \"io.cncf.notary.expiry\":\"2026-02-01T00:00:00Z\" | EXPIRED",
            })
    void whatIsSignedIsJudged(String written, String other, Reason reason) {
        assertTrue(HEADER.contains(written), written);
        assertEquals(reason, reason(keyring(KEY), forged(HEADER.replace(written, other), payload(), KEY)));
    }

    @Test
    void anExpiryThatIsToComeDoesNotMatter() {
        String header = HEADER.replace("\"extended\":7", "\"io.cncf.notary.expiry\":\"2026-02-01T00:00:01Z\"")
                .replace("signingScheme\"]", "signingScheme\",\"io.cncf.notary.expiry\"]");
        assertInstanceOf(Verdict.Good.class, verdict(keyring(KEY), forged(header, payload(), KEY), CONTENT, NOW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"sha512: | sha3: ", "\"size\": | \"length\": ", "targetArtifact | target", "\"m\" | 7"})
    void aPayloadThatSaysNoArtifactIsMalformed(String written, String other) {
        var file = forged(HEADER, payload().replace(written, other.strip()), KEY);
        var keyring = keyring(KEY);
        assertThrows(MalformedException.class, () -> keyring.read(file));
    }

    @Test
    void sizeCountsToo() {
        String other = payload().replace("\"size\":" + MANIFEST.length(), "\"size\":1");
        assertEquals(Reason.OTHER_CONTENT, reason(keyring(KEY), forged(HEADER, other, KEY)));
    }

    /// One changed bit anywhere: it is malformed, does not count, or was not signed.
    @Test
    void whatWasChangedDoesNotCount() {
        byte[] file = sign(CONTENT, NOW, KEY).bytes().toArray();
        var signed = Jws.read(Bytes.of(file));
        var keyring = keyring(KEY);
        Mutation.bits(file.length).forEach(bit -> {
            byte[] changed = Arrays.copyOf(file, file.length);
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                if (verdict(keyring, Bytes.of(changed), CONTENT, NOW) instanceof Verdict.Good) {
                    var read = Jws.read(Bytes.of(changed));
                    assertEquals(signed.payload(), read.payload());
                    assertEquals(signed.protectedHeader(), read.protectedHeader());
                    assertEquals(signed.value(), read.value());
                }
                assertFalse(
                        VERIFYING.isBy(KEY.key(), new Signature(NOTATION, Encoding.ARMOR, Bytes.of(changed)), CONTENT));
            } catch (MalformedException e) {
                assertFalse(e.sentence().isEmpty());
            }
        });
        var mutation = new Mutation(7);
        for (int i = 0; i < Mutation.rounds(500); i++) {
            var changed = Bytes.of(mutation.of(file));
            assertFalse(VERIFYING.isBy(KEY.key(), new Signature(NOTATION, Encoding.ARMOR, changed), CONTENT));
        }
    }
}
