// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.core.MalformedException;
import dev.chancery.life.Cycle;
import java.time.Duration;
import java.util.Optional;

/// `--overlap`: whole days, `30d`.
final class OverlapOption {
    static final String MEANING = "How long a key is published before it signs, and how long it lives after the end of"
            + " its cycle: 14d, 90d. Default: 30d.";

    private static final Duration USUAL = Duration.ofDays(30);
    private static final int DIGITS_MAX = 3;

    private OverlapOption() {}

    static Duration parse(Optional<String> text) {
        return text.map(OverlapOption::parse).orElse(USUAL);
    }

    private static Duration parse(String text) {
        int digits = text.length() - 1;
        boolean wellFormed = text.endsWith("d")
                && digits >= 1
                && digits <= DIGITS_MAX
                && text.substring(0, digits).chars().allMatch(c -> c >= '0' && c <= '9');
        if (!wellFormed) {
            throw MalformedException.value(
                    "overlap",
                    text,
                    "is not a number of days like 30d, from %dd to %dd"
                            .formatted(Cycle.OVERLAP_DAYS_MIN, Cycle.OVERLAP_DAYS_MAX));
        }
        return Duration.ofDays(Integer.parseInt(text.substring(0, digits)));
    }
}
