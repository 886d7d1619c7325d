// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import dev.chancery.verification.Finding;
import dev.chancery.verification.VerifiedSignature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which authorities must have signed an artifact. Every rule that matches the artifact's name must hold; an
/// artifact that no rule matches is refused.
public record VerificationPolicy(Label name, String description, List<PolicyRule> rules) {
    /// Rules in one policy: more than an organisation has kinds of artifacts.
    public static final int RULES_MAX = 1_000;
    /// UTF-16 units of the description: a paragraph.
    public static final int DESCRIPTION_CHARACTERS_MAX = 1_000;
    /// The name of a policy that was given as `--require`.
    public static final Label COMMAND_LINE = new Label("command-line");

    private static final String SUBJECT = "policy";

    public VerificationPolicy {
        rules = List.copyOf(rules);
        if (rules.isEmpty() || rules.size() > RULES_MAX) {
            throw new MalformedException(rules.size() + " rules in one policy are not 1 to " + RULES_MAX);
        }
        if (description.length() > DESCRIPTION_CHARACTERS_MAX) {
            throw MalformedException.value(
                    "description",
                    description,
                    "has " + description.length() + " characters, more than " + DESCRIPTION_CHARACTERS_MAX);
        }
    }

    /// All of these requirements, for every artifact.
    public static VerificationPolicy requiring(List<Requirement> requirements) {
        var rule = new PolicyRule(List.of(new NamePattern("*")), Requirement.all(requirements));
        return new VerificationPolicy(COMMAND_LINE, "", List.of(rule));
    }

    /// The same, each in the form of the command line: `jenkins-prd`, `2:qa,security,release`.
    public static VerificationPolicy requiring(String... requirements) {
        return requiring(Arrays.stream(requirements).map(Requirement::parse).toList());
    }

    /// Reads a policy file.
    public static VerificationPolicy parse(Bytes file) {
        return Json.parse(file, SUBJECT).object(VerificationPolicy::read);
    }

    private static VerificationPolicy read(JsonObject object) {
        PolicyFile.readVersion(object);
        Label name = object.text("name", Label::new);
        String description = object.optional("description").map(JsonValue::text).orElse("");
        List<PolicyRule> rules = object.list("rules", 1, RULES_MAX, value -> value.object(PolicyRule::read));
        return object.check(() -> new VerificationPolicy(name, description, rules));
    }

    public Json toJson() {
        var fields = new JsonFields().put("version", PolicyFile.VERSION).put("name", name.text());
        if (!description.isEmpty()) {
            fields.put("description", description);
        }
        return fields.put("rules", rules.stream().map(PolicyRule::toJson).toList())
                .toJson();
    }

    /// The policy as a file, which reads as an equal policy.
    public Bytes toBytes() {
        return PolicyFile.bytes(toJson(), SUBJECT);
    }

    /// Decides about an artifact by what was found over its content: a [VerifiedSignature] may count, nothing
    /// else does.
    ///
    /// That they were found over this artifact is the caller's word.
    public Outcome evaluate(ArtifactName artifact, Collection<? extends Finding> findings) {
        List<VerifiedSignature> signatures = findings.stream()
                .filter(VerifiedSignature.class::isInstance)
                .map(VerifiedSignature.class::cast)
                .toList();
        var signedBy = new HashSet<SignedBy>();
        signatures.forEach(signature -> signedBy.add(SignedBy.of(signature)));
        Judgement judgement = judge(artifact, signedBy);
        if (!judgement.accepted()) {
            return new Outcome.Refused(judgement);
        }
        List<VerifiedSignature> counted = signatures.stream()
                .filter(signature -> judgement.counted().contains(SignedBy.of(signature)))
                .toList();
        return new Outcome.Accepted(judgement, new VerifiedArtifact(artifact, name, counted));
    }

    /// What the policy says when these have signed. A judgement decides nothing: [#evaluate] does.
    public Judgement judge(ArtifactName artifact, Set<SignedBy> signatures) {
        var judged = new ArrayList<Judgement.OfRule>();
        var counted = new TreeSet<SignedBy>();
        for (int i = 0; i < rules.size(); i++) {
            PolicyRule rule = rules.get(i);
            if (rule.matches(artifact)) {
                judged.add(new Judgement.OfRule(i, rule, rule.require().missing(signatures)));
                signatures.stream().filter(rule.require()::mentions).forEach(counted::add);
            }
        }
        return new Judgement(artifact, name, judged, counted);
    }
}
