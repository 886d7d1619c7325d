// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.format.Reason;
import dev.chancery.policy.Outcome;
import dev.chancery.policy.VerificationPolicy;
import dev.chancery.policy.VerifiedArtifact;
import dev.chancery.verification.Finding;
import dev.chancery.verification.RejectedSignature;
import dev.chancery.verification.VerifiedSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVerifierTest {
    private static final VerificationPolicy POLICY =
            VerificationPolicy.requiring("jenkins-prd", "2:qa,security,release");

    @TempDir
    private Path directory;

    private Desk desk;

    @BeforeEach
    void threeHaveSigned() throws IOException {
        desk = new Desk(directory);
        desk.sign();
    }

    private FileVerifier.Answer verify() {
        return new FileVerifier(desk.keyring).verify(desk.artifact, POLICY, Desk.NOW);
    }

    private static VerifiedArtifact accepted(FileVerifier.Answer answer) {
        return assertInstanceOf(Outcome.Accepted.class, answer.outcome()).artifact();
    }

    @Test
    void threeAuthoritiesInThreeFormatsCount() {
        var answer = verify();
        assertTrue(answer.accepted());
        var artifact = accepted(answer);
        assertEquals("app.jar", artifact.name().text());
        assertEquals(3, artifact.signatures().size());
        assertEquals(
                List.of("app.jar.jenkins-prd.raw.sig", "app.jar.qa.minisig", "app.jar.release.sigstore.json"),
                answer.findings().stream().map(Finding::file).toList());
    }

    @Test
    void ofAChangedArtifactNothingCounts() throws IOException {
        Files.writeString(desk.artifact, "content of the jar ");
        var answer = verify();
        assertFalse(answer.accepted());
        assertEquals(3, answer.findings().size());
        answer.findings().forEach(finding -> assertInstanceOf(RejectedSignature.class, finding));
    }

    @Test
    void aFileThatIsNoSignatureIsAFindingAndTheOthersCount() throws IOException {
        Files.writeString(directory.resolve("app.jar.qa.minisig"), "nothing");
        var answer = verify();
        assertFalse(answer.accepted());
        var qa = assertInstanceOf(RejectedSignature.class, answer.findings().get(1));
        assertEquals(Reason.MALFORMED, qa.reason());
        assertInstanceOf(VerifiedSignature.class, answer.findings().get(2));
    }

    @Test
    void signatureFilesMayLieElsewhere() throws IOException {
        var elsewhere = Files.createDirectory(directory.resolve("signatures"));
        var names = List.of("app.jar.jenkins-prd.raw.sig", "app.jar.qa.minisig", "app.jar.release.sigstore.json");
        for (String name : names) {
            Files.move(directory.resolve(name), elsewhere.resolve(name));
        }
        assertFalse(verify().accepted());
        var files = names.stream().map(elsewhere::resolve).toList();
        assertTrue(new FileVerifier(desk.keyring)
                .verify(desk.artifact, files, POLICY, Desk.NOW)
                .accepted());
    }

    /// The keyring is the one that was read, whatever happens to its directory afterwards.
    @Test
    void theKeyringIsReadOnce() throws IOException {
        var verifier = new FileVerifier(desk.keyring);
        Files.delete(desk.keyring.resolve("qa.minisign.pub"));
        assertTrue(verifier.verify(desk.artifact, POLICY, Desk.NOW).accepted());
        assertFalse(verify().accepted());
    }

    @Test
    void aKeyringIsWholeOrNothing() throws IOException {
        Files.writeString(desk.keyring.resolve("qa.minisign.pub"), "no key");
        assertThrows(MalformedException.class, this::verify);
        Files.delete(desk.keyring.resolve("qa.minisign.pub"));
        Files.writeString(desk.keyring.resolve("notes.txt"), "of what?");
        var fault = assertThrows(MalformedException.class, this::verify);
        assertTrue(fault.sentence().contains("\"notes.txt\""), fault.sentence());
    }

    @Test
    void whatIsNotThereIsUnavailable() throws IOException {
        assertThrows(UnavailableException.class, () -> new FileVerifier(directory.resolve("none")));
        Files.delete(desk.artifact);
        assertThrows(UnavailableException.class, this::verify);
    }

    /// A signature over a file is none over a directory of its name.
    @Test
    void aFilesSignatureIsNoneOfADirectory() throws IOException {
        Files.delete(desk.artifact);
        Files.createDirectory(desk.artifact);
        Files.writeString(desk.artifact.resolve("app.jar"), "content of the jar");
        var answer = verify();
        assertFalse(answer.accepted());
        answer.findings().forEach(finding -> {
            var bad = assertInstanceOf(RejectedSignature.class, finding);
            assertEquals(Reason.OTHER_CONTENT, bad.reason());
        });
    }
}
