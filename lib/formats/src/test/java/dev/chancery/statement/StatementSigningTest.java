// SPDX-License-Identifier: Apache-2.0
package dev.chancery.statement;

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
import dev.chancery.bundle.Envelope;
import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Predicate;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.SignatureValue;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatementSigningTest {
    private static final Authority QA = new Authority("qa");
    private static final StatementSigning SIGNING = new StatementSigning();
    private static final StatementVerifying VERIFYING = new StatementVerifying(new SignatureChecks());
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Measured ARTIFACT = measured("some content\n");
    private static final MemoryKey KEY = key(KeyAlgorithm.ECDSA_P256);
    private static final String STATEMENT = statement(ARTIFACT, "app.jar");

    @ParameterizedTest
    @EnumSource(names = {"ECDSA_P256", "ED25519", "RSA_3072"})
    void everyAlgorithmIsReadBack(KeyAlgorithm algorithm) {
        var key = key(algorithm);
        var signature = sign(STATEMENT, key);
        assertTrue(VERIFYING.isBy(key.key(), signature, measured(STATEMENT)));
        assertFalse(VERIFYING.isBy(key.key(), signature, measured(STATEMENT.replace("42", "43"))));
        assertFalse(VERIFYING.isBy(key(KeyAlgorithm.ECDSA_P256).key(), signature, measured(STATEMENT)));
        var said = new Predicate(Predicate.PARAMETERS, new TreeMap<>(Map.of("/job", "42")));
        assertEquals(
                new Verdict.Good(QA, key.key().id(), Optional.empty()).stating(said),
                verdict(keyring(key), signature.bytes(), ARTIFACT));
    }

    /// A requester chooses what is stated, and not one byte of how: spaces, order and escapes are ours.
    @Test
    void whatIsSignedIsOurWriting() {
        String loose = STATEMENT.replace(":", " : ").replace("job", "\\u006aob").replace("https : ", "https:");
        var written = payload(sign(loose, KEY));
        assertEquals(STATEMENT, new String(written.toArray(), StandardCharsets.UTF_8));
        assertTrue(VERIFYING.isBy(KEY.key(), sign(loose, KEY), measured(STATEMENT)));
    }

    private static Bytes payload(Signature signature) {
        return ((Envelope) Bundle.read(signature.bytes()).orElseThrow().content()).payload();
    }

    @Test
    void aRuleHasToPermitEverySubject() {
        String two = STATEMENT.replace(
                "\"subject\":[",
                "\"subject\":[{\"name\":\"app.pom\",\"digest\":{\"sha256\":\"" + "a".repeat(64) + "\"}},");
        assertEquals(
                List.of(new Artifact(new ArtifactName("app.pom"), 0), new Artifact(new ArtifactName("app.jar"), 0)),
                SIGNING.artifacts(measured(two), new ArtifactName("something-else")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"app.jar\"     | \"../app.jar\"    | is a path",
                "\"app.jar\"     | \"\"              | has 0 bytes",
                "\"sha256\"      | \"sha384x\"       | has no sha256 digest",
                "Statement/v1    | Statement/v9      | is not that of an in-toto Statement v1",
                "\"predicate\":{ | \"predicate\":7,\"x\":{ | not an object",
            })
    void theEngineRefusesWhatIsNoStatementOfOurs(String written, String fault, String sentence) {
        var content = measured(STATEMENT.replace(written, fault));
        var e = assertThrows(MalformedException.class, () -> SIGNING.artifacts(content, new ArtifactName("app.jar")));
        assertTrue(e.sentence().contains(sentence), e.sentence());
    }

    /// A manifest that contradicts itself is not signed: a verifier that looks at the subject alone would be misled.
    @Test
    void theEngineRefusesAManifestThatContradictsItself() {
        var statement = TreeManifest.of(StatementTest.tree("a", "b")).statement("model");
        String text = new String(statement.write().toArray(), StandardCharsets.UTF_8);
        sign(text, KEY);
        String other = text.replace(
                "\"name\":\"b\",\"algorithm\":\"sha256\",\"digest\":\"01", //
                "\"name\":\"b\",\"algorithm\":\"sha256\",\"digest\":\"11");
        assertThrows(MalformedException.class, () -> sign(other, KEY));
    }

    @Test
    void saysWhyItDoesNotCount() {
        var mine = sign(STATEMENT, KEY).bytes();
        assertEquals(Reason.OTHER_CONTENT, reason(verdict(keyring(KEY), mine, measured("other"))));
        assertEquals(Reason.UNKNOWN_KEY, reason(verdict(keyring(key(KeyAlgorithm.ECDSA_P256)), mine, ARTIFACT)));
        assertEquals(Reason.UNSUPPORTED, reason(verdict(keyring(KEY), signedAs("text/plain", STATEMENT), ARTIFACT)));
    }

    /// Signed by the right key, and no statement: malformed, not a signature.
    @Test
    void aSignedDocumentThatIsNoStatement() {
        var bundle = signedAs(StatementFormat.PAYLOAD_TYPE, "{}");
        assertThrows(MalformedException.class, () -> keyring(KEY).read(bundle));
    }

    private static Bytes signedAs(String payloadType, String document) {
        var frame = Envelope.preAuthenticationEncoding(payloadType, bytes(document));
        SignatureValue value =
                KEY.sign(StatementFormat.toBeSigned(KEY.key().publicKey().scheme(), frame));
        return new Bundle("", new Envelope(payloadType, bytes(document), value)).write();
    }

    /// The type of the payload is signed: a document of another type cannot be passed off as a statement.
    @Test
    void anotherPayloadTypeIsAnotherSignature() {
        String moved = new String(signedAs("text/plain", STATEMENT).toArray(), StandardCharsets.UTF_8)
                .replace("text/plain", StatementFormat.PAYLOAD_TYPE);
        assertEquals(Reason.UNKNOWN_KEY, reason(verdict(keyring(KEY), bytes(moved), ARTIFACT)));
    }

    @Test
    void aStatementOverFilesIsNotOverADirectory() {
        var tree = StatementTest.tree("a", "b");
        var manifest = TreeManifest.of(tree).statement("model");
        var keyring = keyring(KEY);
        var ofTree = sign(new String(manifest.write().toArray(), StandardCharsets.UTF_8), KEY)
                .bytes();
        assertInstanceOf(Verdict.Good.class, verdict(keyring, ofTree, Measured.of(tree)));
        assertEquals(
                "file \"b\" is missing",
                ((Verdict.Bad) verdict(keyring, ofTree, Measured.of(StatementTest.tree("a")))).sentence());
        assertEquals(
                "file \"c\" is there and not in the statement",
                ((Verdict.Bad) verdict(keyring, ofTree, Measured.of(StatementTest.tree("a", "b", "c")))).sentence());
    }

    @Test
    void aDamagedBundleNeverCountsForOtherContent() {
        byte[] bundle = sign(STATEMENT, KEY).bytes().toArray();
        var keyring = keyring(KEY);
        var mutation = new Mutation(1);
        var other = measured("other content\n");
        for (int round = Mutation.rounds(500); round > 0; round--) {
            var damaged = Bytes.of(mutation.of(bundle));
            try {
                assertInstanceOf(Verdict.Bad.class, verdict(keyring, damaged, other));
            } catch (MalformedException e) {
                assertFalse(e.sentence().isEmpty());
            }
        }
    }

    private static Signature sign(String statement, MemoryKey key) {
        return SIGNING.sign(measured(statement), new SignatureTerms(new ArtifactName("a"), Encoding.ARMOR, NOW), key);
    }

    private static String statement(Measured artifact, String name) {
        var subject = new Subject(name, artifact.digest(DigestAlgorithm.SHA256));
        var statement = new Statement(
                List.of(subject),
                Predicate.PARAMETERS,
                StatementTest.statement(1, "42").predicate());
        return new String(statement.write().toArray(), StandardCharsets.UTF_8);
    }

    private static Verdict verdict(FormatKeyring keyring, Bytes bundle, Measured content) {
        return keyring.read(bundle).getFirst().check(content, NOW);
    }

    private static Reason reason(Verdict verdict) {
        return assertInstanceOf(Verdict.Bad.class, verdict).reason();
    }

    private static FormatKeyring keyring(MemoryKey key) {
        return VERIFYING.keyring(Map.of(QA, bytes(PublicKeyPem.write(key.key().publicKey()))));
    }

    private static MemoryKey key(KeyAlgorithm algorithm) {
        return MemoryKey.Pair.of(algorithm).bound(QA, SIGNING.description().name(), KeyPurpose.SIGN);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Measured measured(String content) {
        Set<Measure> measures = Set.of(Measure.digest(DigestAlgorithm.SHA256), Measure.content());
        return new ContentPass(new BouncyCastleHashes())
                .measure(
                        Channels.newChannel(
                                new ByteArrayInputStream(bytes(content).toArray())),
                        measures);
    }
}
