// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

import static dev.chancery.tag.Sample.NAME;
import static dev.chancery.tag.Sample.NOW;
import static dev.chancery.tag.Sample.PAYLOAD;
import static dev.chancery.tag.Sample.QA;
import static dev.chancery.tag.Sample.RELEASE;
import static dev.chancery.tag.Sample.SIGNING;
import static dev.chancery.tag.Sample.TAG;
import static dev.chancery.tag.Sample.VERIFYING;
import static dev.chancery.tag.Sample.bytes;
import static dev.chancery.tag.Sample.key;
import static dev.chancery.tag.Sample.keyring;
import static dev.chancery.tag.Sample.measured;
import static dev.chancery.tag.Sample.published;
import static dev.chancery.tag.Sample.signed;
import static dev.chancery.tag.Sample.terms;
import static dev.chancery.tag.Sample.text;
import static dev.chancery.tag.Sample.verdicts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.FileVectors;
import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.Mutation;
import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Salt;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Scheme;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TagTest {
    private final MemoryKey qa = key(QA);
    private final MemoryKey release = key(RELEASE);
    private final FormatKeyring both = keyring(Map.of(QA, published(qa), RELEASE, published(release)));

    private static Verdict good(MemoryKey key) {
        return new Verdict.Good(key.key().authority(), key.key().id(), Optional.empty());
    }

    private static Reason reason(Verdict verdict) {
        return assertInstanceOf(Verdict.Bad.class, verdict).reason();
    }

    private TagFile file() {
        return TagFile.of(PAYLOAD).with(signed(PAYLOAD, qa)).with(signed(PAYLOAD, release));
    }

    @ParameterizedTest
    @EnumSource(names = {"ECDSA_P256", "RSA_3072", "RSA_4096"})
    void whatIsWrittenIsRead(KeyAlgorithm algorithm) {
        var key = key(QA, algorithm);
        var signature = signed(PAYLOAD, key);
        assertTrue(VERIFYING.isBy(key.key(), signature, measured(PAYLOAD.bytes())));
        var file = TagFile.of(PAYLOAD).with(signature).bytes();
        var verdicts = verdicts(keyring(Map.of(QA, published(key))), file, PAYLOAD.bytes());
        assertEquals(List.of(good(key)), verdicts);
    }

    @Test
    void aTagIsNoArtifact() {
        assertEquals(FormatDescription.Signs.TAG, SIGNING.description().signs());
        assertEquals(Set.of(Measure.content()), SIGNING.measures(Scheme.RSA, Encoding.ARMOR, Salt.NONE));
        var content = measured(PAYLOAD.bytes());
        assertEquals(
                List.of(new Artifact(NAME.artifact(), PAYLOAD.bytes().length())),
                SIGNING.artifacts(content, NAME.artifact()));
    }

    /// What a rule permits for one name is not signed under another.
    @Test
    void theNameOfTheRequestIsTheOneThatIsSigned() {
        var content = measured(PAYLOAD.bytes());
        for (String name : List.of("bundle-jira-1.1", "bundle jira", "BUNDLE-JIRA-1.0")) {
            var other = new ArtifactName(name);
            assertThrows(MalformedException.class, () -> SIGNING.artifacts(content, other), name);
            var terms = new dev.chancery.format.SignatureTerms(other, Encoding.ARMOR, NOW);
            assertThrows(MalformedException.class, () -> SIGNING.sign(content, terms, qa), name);
        }
    }

    @Test
    void onlyAPayloadIsSigned() {
        for (String content : List.of("", "hello\n", "tag: bundle-jira-1.0\n", "tag: bundle-jira-1.0\nx", "\0")) {
            var measured = measured(bytes(content));
            assertThrows(MalformedException.class, () -> SIGNING.artifacts(measured, NAME.artifact()), content);
            assertThrows(MalformedException.class, () -> SIGNING.sign(measured, terms(Encoding.ARMOR), qa), content);
        }
    }

    /// openssl 3.0: `openssl dgst -sha256 -sign`, `base64`; keys as `openssl req -x509` and `x509 -pubkey`
    /// make them, certificate included.
    @Test
    void whatStockToolsMadeIsAccepted() {
        var file = FileVectors.bytes("tag/tool/bundle.tag");
        var keys = Map.of(
                new Authority("jenkins-prd"),
                FileVectors.bytes("tag/tool/jenkins-prd.pub"),
                QA,
                FileVectors.bytes("tag/tool/qa.pub"));
        var payload = TagFile.parse(file).payload();
        assertEquals(Optional.of(new TagName("bundle")), payload.name());
        var verdicts = verdicts(keyring(keys), file, payload.bytes());
        assertEquals(2, verdicts.size());
        verdicts.forEach(verdict -> assertInstanceOf(Verdict.Good.class, verdict));
    }

    @Test
    void eachBlockHasItsVerdict() {
        assertEquals(List.of(good(qa), good(release)), verdicts(both, file().bytes(), PAYLOAD.bytes()));
        var alone = keyring(Map.of(RELEASE, published(release)));
        var verdicts = verdicts(alone, file().bytes(), PAYLOAD.bytes());
        assertEquals(Reason.UNKNOWN_KEY, reason(verdicts.getFirst()));
        assertEquals(good(release), verdicts.getLast());
        assertEquals(Set.of(), alone.read(file().bytes()).getFirst().measures());
    }

    /// It would be a good signature of `release`, and counts for nobody.
    @Test
    void aBlockUnderAnotherNameCountsForNobody() {
        String worn = text(signed(PAYLOAD, release).bytes()).replace("release", "qa");
        var file = bytes(text(PAYLOAD.bytes()) + worn);
        assertEquals(
                Reason.OTHER_CONTENT,
                reason(verdicts(both, file, PAYLOAD.bytes()).getFirst()));
    }

    @Test
    void anotherPayloadIsNotWhatWasSigned() {
        var other = TagPayload.of(NAME, bytes("job: 43\n"));
        var file = bytes(text(other.bytes()) + text(signed(PAYLOAD, qa).bytes()));
        assertEquals(
                Reason.OTHER_CONTENT, reason(verdicts(both, file, other.bytes()).getFirst()));
        assertEquals(
                Reason.OTHER_CONTENT,
                reason(verdicts(both, file, PAYLOAD.bytes()).getFirst()));
        assertEquals(
                Reason.OTHER_CONTENT,
                reason(verdicts(both, file().bytes(), other.bytes()).getFirst()));
        var larger = Bytes.of(new byte[(1 << 20) + 1]);
        assertEquals(
                Reason.OTHER_CONTENT,
                reason(verdicts(both, file().bytes(), larger).getFirst()));
    }

    @Test
    void everyKeyOfTheAuthorityIsTried() {
        var second = key(QA);
        var keys = bytes(text(published(qa)) + text(published(second)));
        var file = TagFile.of(PAYLOAD).with(signed(PAYLOAD, second));
        assertEquals(List.of(good(second)), verdicts(keyring(Map.of(QA, keys)), file.bytes(), PAYLOAD.bytes()));
    }

    /// Only where the lines of base64 are broken is not signed.
    @Test
    void aDamagedFileNeverCountsForAnotherText() {
        byte[] file = file().bytes().toArray();
        var mutation = new Mutation(1);
        for (int round = Mutation.rounds(2_000); round > 0; round--) {
            byte[] damaged = mutation.of(file);
            try {
                var read = TagFile.parse(Bytes.of(damaged));
                boolean counts = verdicts(
                                both, Bytes.of(damaged), read.payload().bytes())
                        .stream()
                        .anyMatch(Verdict.Good.class::isInstance);
                assertTrue(!counts || read.payload().bytes().equals(PAYLOAD.bytes()), () -> text(Bytes.of(damaged)));
            } catch (MalformedException e) {
                assertFalse(e.sentence().isEmpty());
            }
        }
    }

    @Test
    void everyChangedBitIsRefused() {
        byte[] file = TagFile.of(PAYLOAD).with(signed(PAYLOAD, qa)).bytes().toArray();
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] damaged = file.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(counts(Bytes.of(damaged)), "bit " + bit);
        }
        assertTrue(counts(Bytes.of(file)));
    }

    private boolean counts(Bytes file) {
        try {
            return verdicts(both, file, TagFile.parse(file).payload().bytes()).stream()
                    .anyMatch(Verdict.Good.class::isInstance);
        } catch (MalformedException e) {
            return false;
        }
    }

    /// What the engine asks before it gives a signature out.
    @Test
    void onlyTheKeysOwnBlockOverThePayloadIsByIt() {
        var content = measured(PAYLOAD.bytes());
        var signature = signed(PAYLOAD, qa);
        assertTrue(VERIFYING.isBy(qa.key(), signature, content));
        assertFalse(VERIFYING.isBy(release.key(), signature, content));
        assertFalse(VERIFYING.isBy(key(QA).key(), signature, content));
        assertFalse(VERIFYING.isBy(qa.key(), signature, measured(bytes("tag: x\ny\n"))));
        assertFalse(VERIFYING.isBy(qa.key(), new Signature(TAG, Encoding.BINARY, signature.bytes()), content));
        for (String other : List.of("", text(signature.bytes()).replace("qa", "release"))) {
            assertFalse(VERIFYING.isBy(qa.key(), new Signature(TAG, Encoding.ARMOR, bytes(other)), content));
        }
        String rewrapped = text(signature.bytes()).replaceFirst("(?m)^([^=]{10})", "$1\n");
        assertFalse(VERIFYING.isBy(qa.key(), new Signature(TAG, Encoding.ARMOR, bytes(rewrapped)), content));
        String two = text(signature.bytes()) + text(signed(PAYLOAD, release).bytes());
        assertFalse(VERIFYING.isBy(qa.key(), new Signature(TAG, Encoding.ARMOR, bytes(two)), content));
    }

    @Test
    void aSignatureOverATextWithoutNameIsNotGivenOut() {
        var unnamed = bytes("hello\n");
        var value = qa.sign(TagFormat.toBeSigned(unnamed));
        var block =
                new Signature(TAG, Encoding.ARMOR, SignatureBlock.of(QA, value).bytes());
        assertFalse(VERIFYING.isBy(qa.key(), block, measured(unnamed)));
        var file = bytes("hello\n" + text(block.bytes()));
        assertEquals(List.of(good(qa)), verdicts(both, file, unnamed), "but it is read");
    }

    @Test
    void thereIsArmorAlone() {
        var content = measured(PAYLOAD.bytes());
        for (var encoding : List.of(Encoding.BINARY, Encoding.CLEARTEXT)) {
            assertThrows(MalformedException.class, () -> SIGNING.sign(content, terms(encoding), qa));
            assertThrows(MalformedException.class, () -> SIGNING.measures(Scheme.RSA, encoding, Salt.NONE));
        }
    }

    @Test
    void thereIsNoEd25519() {
        var key = key(QA, KeyAlgorithm.ED25519);
        assertThrows(MalformedException.class, () -> published(key));
        assertThrows(MalformedException.class, () -> signed(PAYLOAD, key));
        var pem = bytes(dev.chancery.algorithms.PublicKeyPem.write(key.key().publicKey()));
        assertThrows(MalformedException.class, () -> keyring(Map.of(QA, pem)));
    }

    @Test
    void aFilePublishesItsKeys() {
        assertTrue(VERIFYING.publishes(published(qa), qa.key()));
        assertFalse(VERIFYING.publishes(published(qa), release.key()));
        assertThrows(MalformedException.class, () -> keyring(Map.of(QA, published(qa), RELEASE, published(qa))));
    }

    @Test
    void aCertificateBesideAKeyIsPassedOverAndNothingElseIs() {
        String key = text(published(qa));
        String certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        for (String file : List.of(key + certificate, certificate + key, certificate + key + certificate)) {
            assertEquals(List.of(qa.key().publicKey()), TagKeys.read(QA, bytes(file)));
        }
        String open = "-----BEGIN CERTIFICATE-----\nMIIB\n";
        for (String file : List.of(certificate, open + key, key + open, key + "x\n" + certificate, "x\n" + key)) {
            assertThrows(MalformedException.class, () -> TagKeys.read(QA, bytes(file)), file);
        }
    }

    @Test
    void onlySigningKeysArePublished() {
        var publication = new KeyPublication(qa, Optional.empty(), "unused", NOW);
        assertTrue(text(SIGNING.publish(publication)).startsWith("-----BEGIN PUBLIC KEY-----\n"));
        assertEquals(KeyPurpose.SIGN, qa.key().purpose());
    }
}
