// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import java.nio.charset.StandardCharsets;

/// Anything from outside is a value that reads back equal, or a `MalformedException`; nothing else.
class PolicyFuzzTest {
    @FuzzTest
    void policy(byte[] file) {
        VerificationPolicy policy;
        try {
            policy = VerificationPolicy.parse(Bytes.of(file));
        } catch (MalformedException e) {
            return;
        }
        assertEquals(policy, VerificationPolicy.parse(policy.toBytes()));
        Judgement judgement = policy.judge(new ArtifactName("core-1.rpm"), Samples.signed("qa", "release/raw"));
        assertEquals(judgement.accepted(), judgement.sentence().contains(" has every signature "));
        Json.parse(Samples.bytes(judgement.toJson().line()), "judgement");
    }

    @FuzzTest
    void signingRules(byte[] file) {
        SigningRules rules;
        try {
            rules = SigningRules.parse(Bytes.of(file));
        } catch (MalformedException e) {
            return;
        }
        assertEquals(rules, SigningRules.parse(rules.toBytes()));
    }

    @FuzzTest
    void requirement(byte[] text) {
        Requirement requirement;
        try {
            requirement = Requirement.parse(new String(text, StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            return;
        }
        assertEquals(
                requirement,
                RequirementJson.read(
                        Json.parse(Samples.bytes(requirement.toJson().line()), "require")));
    }

    /// The first line is a pattern, the rest a name.
    @FuzzTest
    void pattern(byte[] text) {
        String both = new String(text, StandardCharsets.UTF_8);
        int end = Math.max(0, both.indexOf('\n'));
        try {
            var pattern = new NamePattern(both.substring(0, end));
            boolean matches = pattern.matches(new ArtifactName(both.substring(end + 1)));
            assertEquals(matches, pattern.matches(new ArtifactName(both.substring(end + 1))));
        } catch (MalformedException e) {
            return;
        }
    }
}
