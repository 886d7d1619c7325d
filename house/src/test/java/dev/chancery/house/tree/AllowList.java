// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.tree;

import java.util.ArrayList;
import java.util.List;

/// The budgets that may be passed, and why: a ratchet that only turns one way.
///
/// One entry a line, `rule | subject | measure | reason`; lines that are empty or begin with `#` are ignored.
/// The measure is what the budget counts there today. More than that is a breach; less, or no breach at all, is
/// one too, until the entry is lowered or deleted. So the list can only shrink, unless a reviewer lets an entry
/// in.
public record AllowList(String source, List<Entry> entries) {

    /// The real list, relative to the root of the tree.
    public static final String PATH = "house/src/test/resources/allowed.txt";

    /// A reason shorter than this (characters) explains nothing.
    private static final int REASON_MIN = 20;

    record Entry(String rule, String subject, int measure, String reason) {
        boolean covers(Breach breach) {
            return rule.equals(breach.rule()) && subject.equals(breach.subject());
        }
    }

    public static AllowList read(Tree tree, String path) {
        var entries = tree.lines(path).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> parse(path, line))
                .toList();
        return new AllowList(path, entries);
    }

    private static Entry parse(String path, String line) {
        var parts = line.split("\\|", -1);
        if (parts.length != 4 || !parts[2].strip().matches("[1-9][0-9]{0,8}")) {
            throw new AssertionError(path + ": \"" + line + "\" is not of the form rule | subject | measure | reason.");
        }
        if (parts[3].strip().length() < REASON_MIN) {
            throw new AssertionError(path + ": \"" + line + "\" gives no reason; say in a sentence why.");
        }
        return new Entry(parts[0].strip(), parts[1].strip(), Integer.parseInt(parts[2].strip()), parts[3].strip());
    }

    /// The verdict without what this list allows, and with what is wrong with the list itself.
    public Verdict excuse(Verdict verdict) {
        var left = new ArrayList<Breach>();
        for (var breach : verdict.breaches()) {
            if (entries.stream().noneMatch(entry -> entry.covers(breach) && entry.measure() >= breach.measure())) {
                left.add(breach);
            }
        }
        for (var entry : entries) {
            var worst = verdict.breaches().stream()
                    .filter(entry::covers)
                    .mapToInt(Breach::measure)
                    .max()
                    .orElse(0);
            if (worst < entry.measure()) {
                left.add(new Breach("allow-list", source, worst, slack(entry, worst)));
            }
        }
        return new Verdict(verdict.examined(), left);
    }

    private static String slack(Entry entry, int worst) {
        var subject = "\"" + entry.rule() + " | " + entry.subject() + "\"";
        return worst == 0
                ? subject + " is within its budget now: delete the entry."
                : subject + " allows " + entry.measure() + " and only " + worst + " is needed: lower it.";
    }
}
