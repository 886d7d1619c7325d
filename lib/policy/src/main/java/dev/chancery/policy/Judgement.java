// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Quoted;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;

/// What a policy says about an artifact, rule by rule. `rules` are those that match its name; `counted` are the
/// signatures that some requirement of theirs asks for.
public record Judgement(ArtifactName artifact, Label policy, List<OfRule> rules, SortedSet<SignedBy> counted) {
    /// One rule, by its place in the policy from 0, and what is missing; nothing when it holds.
    public record OfRule(int index, PolicyRule rule, Optional<Requirement> missing) {
        Json toJson() {
            var fields = new JsonFields()
                    .put("rule", index)
                    .putTexts("artifacts", rule.artifacts())
                    .put("holds", missing.isEmpty());
            missing.ifPresent(requirement -> fields.put("missing", requirement.toJson()));
            return fields.toJson();
        }
    }

    public Judgement {
        rules = List.copyOf(rules);
        counted = Collections.unmodifiableSortedSet(new TreeSet<>(counted));
    }

    /// At least one rule matches, and every rule that matches holds.
    public boolean accepted() {
        return !rules.isEmpty() && missing().isEmpty();
    }

    /// What is still needed, all of it; each requirement once.
    public List<Requirement> missing() {
        return rules.stream()
                .flatMap(rule -> rule.missing().stream())
                .distinct()
                .toList();
    }

    /// `artifact "core-1.rpm" still needs signatures of jenkins-prd and 2 of (qa, security, release)`.
    public String sentence() {
        String subject = "artifact " + Quoted.text(artifact.text());
        if (rules.isEmpty()) {
            return subject + " matches no rule of " + spoken();
        }
        List<Requirement> missing = missing();
        if (missing.isEmpty()) {
            return subject + " has every signature that " + spoken() + " asks for";
        }
        boolean one = missing.size() == 1 && !(missing.get(0) instanceof Requirement.AtLeast);
        var needs =
                new StringJoiner("; and of ", one ? " still needs a signature of " : " still needs signatures of ", "");
        missing.forEach(requirement -> needs.add(requirement.words()));
        return subject + needs;
    }

    private String spoken() {
        return policy.equals(VerificationPolicy.COMMAND_LINE) ? "the command line" : "policy " + policy;
    }

    /// The fields `artifact`, `policy`, `accepted`, `counted` and `rules`; `docs/policies.md` has the schema.
    public Json toJson() {
        return new JsonFields()
                .put("artifact", artifact.text())
                .put("policy", policy.text())
                .put("accepted", accepted())
                .put("counted", counted.stream().map(SignedBy::toJson).toList())
                .put("rules", rules.stream().map(OfRule::toJson).toList())
                .toJson();
    }
}
