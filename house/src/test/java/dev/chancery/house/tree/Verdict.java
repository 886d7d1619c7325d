// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.tree;

import java.util.ArrayList;
import java.util.List;

/// What a rule found: how many things it looked at, and the breaches among them.
///
/// The count matters as much as the breaches: a rule that looked at nothing has proved nothing, and a test that
/// cannot fail is a defect.
public record Verdict(int examined, List<Breach> breaches) {

    public Verdict {
        breaches = List.copyOf(breaches);
    }

    /// Both verdicts as one; `examined` adds up, so use it only where each part was asked for its own count.
    public Verdict and(Verdict other) {
        var all = new ArrayList<>(breaches);
        all.addAll(other.breaches);
        return new Verdict(examined + other.examined, all);
    }

    /// For the real tree: something was examined and nothing is wrong.
    public void requireInnocent() {
        if (examined == 0) {
            throw new AssertionError("The rule examined nothing, so it proves nothing: give it files or classes.");
        }
        if (!breaches.isEmpty()) {
            throw new AssertionError(breaches.size() + " breaches of the house rules:\n" + listing());
        }
    }

    /// For a guilty fixture: there are exactly as many breaches as culprits, and each culprit is named by one.
    public void requireGuilty(String... culprits) {
        for (var culprit : culprits) {
            if (breaches.stream().noneMatch(breach -> breach.toString().contains(culprit))) {
                throw new AssertionError("No breach names \"" + culprit + "\"; the rule found:\n" + listing());
            }
        }
        if (breaches.size() != culprits.length) {
            throw new AssertionError("Expected " + culprits.length + " breaches, found:\n" + listing());
        }
    }

    private String listing() {
        return String.join("\n", breaches.stream().map(Breach::toString).toList());
    }
}
