// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What somebody has to do about a key before a verifier notices. In whole sentences, without the key's name.
public final class Warnings {
    private Warnings() {}

    /// `hasNext` says whether a key of a later cycle has been published.
    public static List<String> of(Cycle cycle, KeyFacts facts, boolean hasNext, Instant now) {
        var warnings = new ArrayList<String>();
        switch (facts.state(now)) {
            case PLANNED, CERTIFIED -> {
                if (!now.isBefore(cycle.publicationDue()) && now.isBefore(cycle.end())) {
                    warnings.add("it should have been published at " + cycle.publicationDue());
                }
            }
            case PUBLISHED -> {
                if (!now.isBefore(cycle.start().plus(cycle.overlap()))) {
                    warnings.add("its cycle began at " + cycle.start() + " and it signs nothing yet");
                }
            }
            case ACTIVE -> {
                ends(cycle, facts, now).forEach(warnings::add);
                if (!hasNext && !now.isBefore(cycle.end().minus(cycle.overlap()))) {
                    warnings.add("no next key is published, and that was due at "
                            + cycle.end().minus(cycle.overlap()));
                }
            }
            case DRAINING, EXPIRED, RETIRED, COMPROMISED -> {}
        }
        return warnings;
    }

    private static List<String> ends(Cycle cycle, KeyFacts facts, Instant now) {
        var warnings = new ArrayList<String>();
        facts.expires().ifPresent(end -> {
            long days = Duration.between(now, end).toDays();
            if (days <= cycle.overlap().toDays()) {
                warnings.add("it expires in %d days, at %s: apt 2.6 refuses all that it signed from then on"
                        .formatted(days, end));
            }
        });
        if (!now.isBefore(cycle.end())) {
            warnings.add("its cycle ended at " + cycle.end());
        }
        return warnings;
    }
}
