// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationPolicyTest {
    private static final VerificationPolicy PRODUCTION = VerificationPolicy.parse(Samples.bytes("""
            {"version": 1, "name": "production", "rules": [
              {"artifacts": ["*.rpm", "*.txt"], "require": "jenkins-prd"},
              {"artifacts": ["core-*", "base-*"],
               "require": {"at_least": 2, "of": ["qa", "security", "release"]}}]}
            """));

    private static Judgement judge(String artifact, String... signers) {
        return PRODUCTION.judge(new ArtifactName(artifact), Samples.signed(signers));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.txt      | jenkins-prd            | has every signature that policy production asks for",
                "a.txt      | qa                     | still needs a signature of jenkins-prd",
                "core-1.rpm | jenkins-prd qa release | has every signature that policy production asks for",
                "core-1.rpm | jenkins-prd qa         | still needs signatures of security or release",
                "core-1.rpm | qa release             | still needs a signature of jenkins-prd",
                "core-1.rpm | dev                    | still needs signatures of jenkins-prd; "
                        + "and of 2 of (qa, security, release)",
                "core-1.deb | qa qa/raw              | still needs signatures of security or release",
                "other.deb  | jenkins-prd qa release | matches no rule of policy production",
            })
    void saysWhatIsMissing(String artifact, String signers, String words) {
        Judgement judgement = judge(artifact, signers.split(" "));
        assertEquals("artifact \"" + artifact + "\" " + words, judgement.sentence());
        assertEquals(words.contains("every"), judgement.accepted());
    }

    @Test
    void withoutSignatureNothingIsAccepted() {
        assertFalse(judge("a.txt").accepted());
        assertFalse(judge("core-1.rpm").accepted());
        assertFalse(judge("other").accepted());
    }

    @Test
    void countsWhatMatchingRulesAskFor() {
        assertEquals(
                "[jenkins-prd (openpgp)]",
                judge("a.txt", "jenkins-prd", "qa", "dev").counted().toString());
        assertEquals(
                "[qa (openpgp), qa (raw)]",
                judge("core-1.deb", "jenkins-prd", "qa/raw", "qa", "dev")
                        .counted()
                        .toString());
    }

    @Test
    void orderOfRulesMeansNothing() {
        var random = new Random(20_261_121);
        for (int round = 0; round < 500; round++) {
            var rules = new ArrayList<PolicyRule>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                var patterns = List.of(new NamePattern(random.nextBoolean() ? "*" : "core-*"));
                rules.add(new PolicyRule(patterns, Samples.requirement(random, 3)));
            }
            var name = new ArtifactName(random.nextBoolean() ? "core-1" : "other");
            var signed = Samples.signed(random);
            boolean accepted = policy(rules).judge(name, signed).accepted();
            Collections.shuffle(rules, random);
            assertEquals(accepted, policy(rules).judge(name, signed).accepted());
            if (rules.get(0).matches(name)) {
                rules.add(new PolicyRule(rules.get(0).artifacts(), Samples.requirement(random, 3)));
                assertTrue(accepted || !policy(rules).judge(name, signed).accepted(), "a rule more asks never less");
            }
        }
    }

    @Test
    void generatedPoliciesReadBack() {
        var random = new Random(20_261_121);
        for (int round = 0; round < 300; round++) {
            var rules = new ArrayList<PolicyRule>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                rules.add(new PolicyRule(List.of(new NamePattern("*.x" + i)), Samples.requirement(random, 4)));
            }
            var policy = new VerificationPolicy(new Label("p"), round % 2 == 0 ? "" : "é \"\u0000\u202e", rules);
            assertEquals(policy, VerificationPolicy.parse(policy.toBytes()));
        }
    }

    @Test
    void requirementsOfTheCommandLineMustAllHold() {
        var policy = VerificationPolicy.requiring(
                List.of(Requirement.parse("jenkins-prd"), Requirement.parse("2:qa,security,release")));
        var name = new ArtifactName(".any name");
        assertTrue(policy.judge(name, Samples.signed("jenkins-prd", "qa", "release"))
                .accepted());
        assertEquals(
                "artifact \".any name\" still needs signatures of jenkins-prd and 2 of (qa, security, release)",
                policy.judge(name, Samples.signed()).sentence());
        assertEquals("command-line", policy.name().text());
        assertThrows(MalformedException.class, () -> VerificationPolicy.requiring(List.of()));
        assertThrows(
                MalformedException.class,
                () -> VerificationPolicy.requiring(List.of(Requirement.parse("qa"), Requirement.parse("qa"))));
    }

    @Test
    void limits() {
        var rule = PRODUCTION.rules().get(0);
        var name = new Label("p");
        assertEquals(
                1_000,
                new VerificationPolicy(name, "", Collections.nCopies(1_000, rule))
                        .rules()
                        .size());
        assertThrows(
                MalformedException.class, () -> new VerificationPolicy(name, "", Collections.nCopies(1_001, rule)));
        assertThrows(MalformedException.class, () -> new VerificationPolicy(name, "", List.of()));
        new VerificationPolicy(name, "d".repeat(1_000), List.of(rule));
        assertThrows(MalformedException.class, () -> new VerificationPolicy(name, "d".repeat(1_001), List.of(rule)));
        new Label("a".repeat(64));
        assertThrows(MalformedException.class, () -> new Label("a".repeat(65)));
    }

    @Test
    void whatCouldNotBeReadAgainIsNotWritten() {
        var patterns = new ArrayList<NamePattern>();
        for (int i = 0; i < NamePattern.LIST_MAX; i++) {
            patterns.add(new NamePattern("a".repeat(200) + i));
        }
        var rule = new PolicyRule(patterns, Requirement.parse("qa"));
        var policy = new VerificationPolicy(new Label("p"), "", Collections.nCopies(100, rule));
        MalformedException e = assertThrows(MalformedException.class, policy::toBytes);
        assertTrue(e.sentence().endsWith("bytes, more than 1048576"), e.sentence());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a   | true",
                "a-b.c1 | true",
                "-a | false",
                "a- | false",
                ".a | false",
                "A | false",
                "a b | false",
                "`` | false",
                "é   | false",
                "a/b | false",
            })
    void labels(String text, boolean wellFormed) {
        if (wellFormed) {
            assertEquals(text, new Label(text).toString());
        } else {
            assertThrows(MalformedException.class, () -> new Label(text));
        }
    }

    private static VerificationPolicy policy(List<PolicyRule> rules) {
        return new VerificationPolicy(new Label("p"), "", rules);
    }
}
