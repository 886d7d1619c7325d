// SPDX-License-Identifier: Apache-2.0
package dev.chancery.verification;

import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Signatures that were read and wait for the artifact to be measured.
public final class Reading {
    /// Salts in one verification: each is a hash of its own over the whole content, so nobody may ask for
    /// many by laying signature files beside it. More than there are authorities that sign so.
    public static final int SALTS_MAX = 64;

    private final Set<Measure> measures = new HashSet<>();
    private final Set<Salt> salts = new HashSet<>();
    private final List<BiFunction<Measured, Instant, Finding>> checks = new ArrayList<>();

    Reading() {}

    void add(RejectedSignature rejected) {
        checks.add((content, now) -> rejected);
    }

    void add(ClaimedSignature claimed, Function<Verdict, Finding> finding) {
        if (!takes(claimed.measures())) {
            var sentence = "there are more than %d salted signatures, and it is not looked at".formatted(SALTS_MAX);
            checks.add((content, now) -> finding.apply(new Verdict.Bad(Reason.UNSUPPORTED, sentence)));
            return;
        }
        measures.addAll(claimed.measures());
        checks.add((content, now) -> finding.apply(check(claimed, content, now)));
    }

    private boolean takes(Set<Measure> wanted) {
        var wantedSalts = new HashSet<>(salts);
        wanted.forEach(measure -> {
            if (measure instanceof Measure.OfState state && !state.salt().isNone()) {
                wantedSalts.add(state.salt());
            }
        });
        if (wantedSalts.size() > SALTS_MAX) {
            return false;
        }
        salts.addAll(wantedSalts);
        return true;
    }

    /// A directory has no digest, and a file no tree: a signature that asks for the other is not over this
    /// content.
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
