// SPDX-License-Identifier: Apache-2.0
package dev.chancery.verification;

import dev.chancery.format.ClaimedSignature;
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
        checks.add((content, now) -> finding.apply(claimed.check(content, now)));
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
