// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import dev.chancery.core.Authority;
import dev.chancery.policy.VerificationPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lines that README and docs/java.md show. The Java lines stand here word for word, which a rule of the house
/// compares; the
/// Clojure lines are taken from docs/java.md and evaluated.
class ReadmeTest {
    private static final Pattern CLOJURE = Pattern.compile("```clojure\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    private Desk desk;
    private final KeyPair keyPair = Desk.p256();

    @BeforeEach
    void threeHaveSigned() throws IOException {
        desk = new Desk(directory);
        desk.sign();
    }

    private static void attest(Path artifact, KeyPair keyPair) throws IOException {
        var attestor = new Attestor(new Authority("jenkins-prd"), keyPair);
        var statement = attestor.attest(List.of(artifact), Map.of("job", "42"));
        Files.write(attestor.beside(artifact), statement.bytes().toArray());
    }

    private static void verify(Path artifact, Path keyring) {
        var verifier = new FileVerifier(keyring);
        var policy = VerificationPolicy.requiring("jenkins-prd", "2:qa,security,release");
        var answer = verifier.verify(artifact, policy, Instant.now());
        if (!answer.accepted()) {
            throw new SecurityException(answer.outcome().judgement().sentence());
        }
    }

    private void requireStated() throws IOException {
        desk.publish(new Attestor(new Authority("jenkins-prd"), keyPair));
        assertTrue(Stated.job(desk, "42").accepted());
        assertEquals(false, Stated.job(desk, "43").accepted());
    }

    @Test
    void aProgramAttests() throws IOException {
        attest(desk.artifact, keyPair);
        requireStated();
    }

    @Test
    void aProgramVerifies() throws IOException {
        verify(desk.artifact, desk.keyring);
        Files.writeString(desk.artifact, "another jar");
        var fault = assertThrows(SecurityException.class, () -> verify(desk.artifact, desk.keyring));
        assertEquals(
                "artifact \"app.jar\" still needs signatures of jenkins-prd and 2 of (qa, security, release)",
                fault.getMessage());
    }

    @Test
    void aProgramInClojureAttests() throws IOException {
        clojure(0, "artifact key-pair").invoke(desk.artifact, keyPair);
        requireStated();
    }

    @Test
    void aProgramInClojureVerifies() throws IOException {
        var verify = clojure(1, "artifact keyring");
        verify.invoke(desk.artifact, desk.keyring);
        Files.writeString(desk.artifact, "another jar");
        var fault = assertThrows(SecurityException.class, () -> verify.invoke(desk.artifact, desk.keyring));
        assertTrue(String.valueOf(fault.getMessage()).contains("still needs"));
    }

    /// The lines of the page as a function of these parameters.
    private static IFn clojure(int block, String parameters) throws IOException {
        var blocks = new ArrayList<String>();
        CLOJURE.matcher(Files.readString(Path.of("../../docs/java.md")))
                .results()
                .forEach(found -> blocks.add(found.group(1)));
        assertEquals(2, blocks.size(), "Clojure blocks of the page");
        var imports = "(import '(dev.chancery.core Authority) '(dev.chancery.files Attestor FileVerifier)"
                + " '(dev.chancery.policy VerificationPolicy) '(java.nio.file Files OpenOption) '(java.time Instant))";
        var source = "%s (fn [%s] %s)".formatted(imports, parameters, blocks.get(block));
        return (IFn) Clojure.var("clojure.core", "load-string").invoke(source);
    }
}
