// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.command;

import dev.chancery.core.MalformedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// When a key stops signing, or a token is good for nothing: `2y`, `18m`, `90d`, a date, or `never`.
public final class ExpiryOption {
    private static final int DIGITS_MAX = 4;

    private ExpiryOption() {}

    /// A date means its beginning in UTC.
    public static Optional<Instant> parse(String text, Instant now) {
        if (text.equals("never")) {
            return Optional.empty();
        }
        Instant end = period(text)
                .map(period -> now.atOffset(ZoneOffset.UTC).plus(period).toInstant())
                .orElseGet(() -> date(text));
        if (!end.isAfter(now)) {
            throw MalformedException.value("expiry", text, "is not in the future");
        }
        return Optional.of(end.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Optional<Period> period(String text) {
        int last = text.length() - 1;
        boolean number = last > 0
                && last <= DIGITS_MAX
                && text.substring(0, last).chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            return Optional.empty();
        }
        int amount = Integer.parseInt(text.substring(0, last));
        return switch (text.charAt(last)) {
            case 'd' -> Optional.of(Period.ofDays(amount));
            case 'm' -> Optional.of(Period.ofMonths(amount));
            case 'y' -> Optional.of(Period.ofYears(amount));
            default -> Optional.empty();
        };
    }

    private static Instant date(String text) {
        try {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw MalformedException.value(
                    "expiry",
                    text,
                    "is not a number of days, months or years (90d, 18m, 2y), a date (2028-06-30) or never");
        }
    }
}
