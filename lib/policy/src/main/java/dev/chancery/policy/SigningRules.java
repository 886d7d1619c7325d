// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// All signing rules of an enclave. What no rule permits is refused; with no rules, everything is.
public record SigningRules(List<SigningRule> rules) {
    /// Rules in one file.
    public static final int RULES_MAX = 1_000;
    /// The rule of a refusal when no rule names the requester and the authority together.
    public static final String NO_RULE = "no-signing-rule";
    /// What stands before the name of the rule that came closest to permitting.
    public static final String RULE_PREFIX = "signing-rule:";

    private static final String SUBJECT = "rules";

    public SigningRules {
        rules = List.copyOf(rules);
        if (rules.size() > RULES_MAX) {
            throw new MalformedException(rules.size() + " signing rules are more than " + RULES_MAX);
        }
        var names = new HashSet<Label>();
        for (SigningRule rule : rules) {
            if (!names.add(rule.name())) {
                throw MalformedException.value("signing rule", rule.name().text(), "is there twice");
            }
        }
    }

    /// Reads a rules file.
    public static SigningRules parse(Bytes file) {
        return Json.parse(file, SUBJECT).object(SigningRules::read);
    }

    private static SigningRules read(JsonObject object) {
        PolicyFile.readVersion(object);
        List<SigningRule> rules = object.list("rules", 0, RULES_MAX, value -> value.object(SigningRule::read));
        return object.check(() -> new SigningRules(rules));
    }

    public Json toJson() {
        return new JsonFields()
                .put("version", PolicyFile.VERSION)
                .put("rules", rules.stream().map(SigningRule::toJson).toList())
                .toJson();
    }

    /// The rules as a file, which reads as equal rules.
    public Bytes toBytes() {
        return PolicyFile.bytes(toJson(), SUBJECT);
    }

    /// These rules and one more, at the end.
    public SigningRules with(SigningRule rule) {
        var more = new ArrayList<>(rules);
        more.add(rule);
        return new SigningRules(more);
    }

    /// Everybody whom some rule names.
    public Set<Requester> requesters() {
        return rules.stream().flatMap(rule -> rule.requesters().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /// Whether some rule names the requester and the authority together.
    public boolean mayAsk(Requester requester, Authority authority) {
        return rules.stream().anyMatch(rule -> rule.names(requester, authority));
    }

    /// The first rule that permits this. Throws `RefusedException` when none does: the rule is [#NO_RULE], or
    /// [#RULE_PREFIX] and the name of the rule with the fewest faults among those that name the requester and
    /// the authority. Rules of other requesters are never spoken of.
    public SigningRule permit(Requester requester, SigningQuestion question) {
        Authority authority = question.authority();
        SigningRule closest = null;
        List<String> fewest = List.of();
        for (SigningRule rule : rules) {
            if (rule.names(requester, authority)) {
                List<String> faults = rule.scope().faults(question);
                if (faults.isEmpty()) {
                    return rule;
                }
                if (closest == null || faults.size() < fewest.size()) {
                    closest = rule;
                    fewest = faults;
                }
            }
        }
        if (closest == null) {
            throw new RefusedException(
                    NO_RULE, "no signing rule lets requester " + requester + " ask authority " + authority);
        }
        throw new RefusedException(
                RULE_PREFIX + closest.name(),
                "signing rule " + closest.name() + " does not permit it: " + String.join("; ", fewest));
    }
}
