// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.cli.files.OutputFiles;
import dev.chancery.core.Authority;
import dev.chancery.core.Requester;
import dev.chancery.policy.Label;
import dev.chancery.policy.SigningRule;
import dev.chancery.policy.SigningRules;
import dev.chancery.policy.SigningScope;
import java.nio.file.Path;
import java.util.List;

/// The signing rules of an office, to which commands add and from which they take nothing away.
public final class RulesFile {
    /// What is to be permitted.
    public record Permission(List<Requester> requesters, Authority authority, SigningScope scope) {
        boolean isThatOf(SigningRule rule) {
            return rule.authority().equals(authority)
                    && rule.requesters().equals(requesters)
                    && rule.scope().equals(scope);
        }
    }

    private final Path file;
    private SigningRules rules;

    private RulesFile(Path file, SigningRules rules) {
        this.file = file;
        this.rules = rules;
    }

    public static RulesFile of(Office office) {
        return new RulesFile(office.rulesFile(), office.rules());
    }

    /// Adds a rule, unless there is one that permits exactly this. Its name begins with `base`, which is a
    /// label.
    public void add(String base, Permission permission) {
        if (rules.rules().stream().anyMatch(permission::isThatOf)) {
            return;
        }
        var label = new Label(free(base));
        rules = rules.with(new SigningRule(label, permission.requesters(), permission.authority(), permission.scope()));
        var files = new OutputFiles(true);
        files.write(file, rules.toBytes());
        files.commit();
    }

    private String free(String wanted) {
        List<String> taken =
                rules.rules().stream().map(rule -> rule.name().text()).toList();
        String base = wanted.length() > Label.CHARACTERS_MAX - 4
                ? wanted.substring(0, Label.CHARACTERS_MAX - 4).replaceAll("[.-]+$", "")
                : wanted;
        String label = base;
        for (int number = 2; taken.contains(label); number++) {
            label = base + "-" + number;
        }
        return label;
    }
}
