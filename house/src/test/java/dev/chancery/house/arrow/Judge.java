// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.chancery.house.tree.Breach;
import dev.chancery.house.tree.Verdict;

/// An ArchUnit rule under its greppable name, and its verdict in the words of this house.
///
/// ArchUnit itself refuses a rule whose `that()` selects no class at all (`archRule.failOnEmptyShould`).
record Judge(String name, ArchRule rule) {

    Verdict over(JavaClasses classes) {
        var report = rule.evaluate(classes).getFailureReport();
        var why = ": never, " + rule.getDescription().replaceFirst("(?s).*, because ", "because ") + ".";
        var breaches = report.getDetails().stream()
                .map(detail -> Breach.of(name, "classes", detail + why))
                .toList();
        return new Verdict(classes.size(), breaches);
    }
}
