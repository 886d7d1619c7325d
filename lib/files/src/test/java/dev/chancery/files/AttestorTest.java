// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Authority;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.JsonFields;
import dev.chancery.policy.VerificationPolicy;
import dev.chancery.statement.TreeManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttestorTest {
    private static final Authority JENKINS = new Authority("jenkins-prd");
    private static final String REVIEW = "https://example.com/review/v1";

    @TempDir
    private Path directory;

    private Desk desk;

    @BeforeEach
    void anEmptyKeyring() throws IOException {
        desk = new Desk(directory);
    }

    private Attestor attestor(KeyPair pair) throws IOException {
        var attestor = new Attestor(JENKINS, pair);
        desk.publish(attestor);
        return attestor;
    }

    @ParameterizedTest
    @CsvSource({"EC, 256", "Ed25519, 0"})
    void whatIsStatedCounts(String algorithm, int bits) throws IOException {
        var attestor = attestor(Desk.pair(algorithm, bits));
        var statement = attestor.attest(List.of(desk.artifact), Map.of("job", "42"));
        Files.write(attestor.beside(desk.artifact), statement.bytes().toArray());
        assertTrue(Stated.job(desk, "42").accepted());
        assertFalse(Stated.job(desk, "4").accepted());
        var signed = VerificationPolicy.requiring("jenkins-prd");
        var answer = new FileVerifier(desk.keyring).verify(desk.artifact, signed, Desk.NOW);
        assertFalse(answer.accepted(), "a statement is no signature");
    }

    @Test
    void namesAreThoseThatTheCommandLooksFor() throws IOException {
        var attestor = attestor(Desk.p256());
        assertEquals("jenkins-prd.statement.pem", attestor.publicKeyFileName());
        var pem = new String(attestor.publicKeyFile().toArray(), StandardCharsets.US_ASCII);
        assertTrue(pem.startsWith("-----BEGIN PUBLIC KEY-----\n"), pem);
        assertEquals(
                directory.resolve("app.jar.jenkins-prd.intoto.sigstore.json").toAbsolutePath(),
                attestor.beside(desk.artifact));
    }

    @Test
    void oneStatementIsAboutSeveralFiles() throws IOException {
        var attestor = attestor(Desk.p256());
        var other = Files.writeString(directory.resolve("lib.jar"), "another");
        var predicate = new JsonFields().put("reviewed", true).toJson();
        var statement = attestor.attest(List.of(desk.artifact, other), REVIEW, predicate);
        for (Path file : List.of(desk.artifact, other)) {
            Files.write(attestor.beside(file), statement.bytes().toArray());
            var answer = Stated.ask(desk, file, REVIEW, Map.of("/reviewed", "true"));
            assertTrue(answer.accepted(), file.toString());
        }
    }

    @Test
    void aDirectoryIsStatedAsItsFiles() throws IOException {
        var attestor = attestor(Desk.p256());
        var model = Files.createDirectory(directory.resolve("model"));
        Files.writeString(model.resolve("weights"), "0.5");
        Files.write(
                attestor.beside(model), attestor.attestDirectory(model).bytes().toArray());
        var type = TreeManifest.PREDICATE_TYPE;
        assertTrue(Stated.ask(desk, model, type, Map.of()).accepted());
        Files.writeString(model.resolve("more"), "1.5");
        assertFalse(Stated.ask(desk, model, type, Map.of()).accepted());
    }

    @ParameterizedTest
    @CsvSource({"EC, 384, ECDSA_P384", "RSA, 3072, RSA"})
    void otherKeysAreMalformed(String algorithm, int bits, String named) {
        var pair = Desk.pair(algorithm, bits);
        var fault = assertThrows(MalformedException.class, () -> new Attestor(JENKINS, pair));
        assertTrue(fault.sentence().contains(named), fault.sentence());
    }

    @Test
    void anotherCurveIsMalformed() {
        assertThrows(MalformedException.class, () -> new Attestor(JENKINS, Desk.pair("EC", 521)));
    }

    /// Else a statement would go out that nobody can verify.
    @Test
    void aPrivateKeyOfAnotherPairIsFoundOut() throws IOException {
        var pair = new KeyPair(Desk.p256().getPublic(), Desk.p256().getPrivate());
        var attestor = attestor(pair);
        var fault = assertThrows(UnavailableException.class, () -> attestor.attest(List.of(desk.artifact), Map.of()));
        assertTrue(fault.sentence().contains("does not verify"), fault.sentence());
    }

    @Test
    void aPrivateKeyOfAnotherKindCannotSign() throws IOException {
        var pair = new KeyPair(Desk.p256().getPublic(), Desk.ed25519().getPrivate());
        var attestor = attestor(pair);
        var fault = assertThrows(UnavailableException.class, () -> attestor.attest(List.of(desk.artifact), Map.of()));
        assertTrue(fault.sentence().contains("cannot sign"), fault.sentence());
    }

    @Test
    void aFileThatIsNotThereIsUnavailable() throws IOException {
        var attestor = attestor(Desk.p256());
        var missing = List.of(directory.resolve("missing"));
        assertThrows(UnavailableException.class, () -> attestor.attest(missing, Map.of()));
        assertThrows(MalformedException.class, () -> attestor.attest(List.of(), Map.of()));
    }
}
