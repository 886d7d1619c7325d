// SPDX-License-Identifier: Apache-2.0
package dev.chancery.verification;

import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Signatures that were read and wait for the artifact to be measured.
public final class Reading {
    private final Set<Measure> measures = new HashSet<>();
    private final List<BiFunction<Measured, Instant, Finding>> checks = new ArrayList<>();

    Reading() {}

    void add(RejectedSignature rejected) {
        checks.add((content, now) -> rejected);
    }

    void add(ClaimedSignature claimed, Function<Verdict, Finding> finding) {
        measures.addAll(claimed.measures());
        checks.add((content, now) -> finding.apply(check(claimed, content, now)));
    }

    /// A directory has no digest, and a file no tree: a signature that asks for the other is not over this content.
    private static Verdict check(ClaimedSignature claimed, Measured content, Instant now) {
        boolean wantsTree = claimed.measures().contains(Measure.tree());
        boolean isTree = content.has(Measure.tree());
        if (!claimed.measures().isEmpty() && wantsTree != isTree) {
            return new Verdict.Bad(
                    Reason.OTHER_CONTENT, wantsTree ? "it is over a directory" : "it is over a file, not a directory");
        }
        return claimed.check(content, now);
    }

    /// All that has to be known of the artifact, for one pass over it.
    public Set<Measure> measures() {
        return Set.copyOf(measures);
    }

    /// One finding for each signature, in the order of the files.
    public List<Finding> check(Measured content, Instant now) {
        return checks.stream().map(check -> check.apply(content, now)).toList();
    }
}
