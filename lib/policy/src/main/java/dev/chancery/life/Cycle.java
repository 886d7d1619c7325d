// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.policy.Label;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// A span of time in which one key signs: `2027a`, from the first of January on and before the first of July,
/// with 30 days of overlap.
///
/// The overlap is on both sides: so long before its first signature the key has to be published, and so long
/// after the end of its cycle it expires.
public record Cycle(Label name, Instant start, Instant end, Duration overlap) {
    /// Days: shorter than that nobody fetches a keyring.
    public static final int OVERLAP_DAYS_MIN = 1;
    /// Days: who has not fetched a keyring in a year fetches none.
    public static final int OVERLAP_DAYS_MAX = 366;
    /// Days: ten years; what a key of today is worth then nobody knows.
    public static final int DAYS_MAX = 3_660;

    public Cycle {
        requireWholeDays(overlap);
        if (!isWholeSecond(start) || !isWholeSecond(end)) {
            throw new MalformedException("cycle %s does not begin and end at whole seconds".formatted(name));
        }
        if (!end.isAfter(start) || Duration.between(start, end).toDays() > DAYS_MAX) {
            throw new MalformedException("cycle %s from %s to %s is not longer than nothing and at most %d days"
                    .formatted(name, start, end, DAYS_MAX));
        }
    }

    private static boolean isWholeSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).equals(time);
    }

    private static void requireWholeDays(Duration overlap) {
        long days = overlap.toDays();
        if (days < OVERLAP_DAYS_MIN
                || days > OVERLAP_DAYS_MAX
                || !Duration.ofDays(days).equals(overlap)) {
            throw new MalformedException(
                    "overlap %s is not %d to %d whole days".formatted(overlap, OVERLAP_DAYS_MIN, OVERLAP_DAYS_MAX));
        }
    }

    /// When its key expires: signatures of its last day can be verified so long by everybody.
    public Instant expiry() {
        return end.plus(overlap);
    }

    /// When its key has to be published at the latest, to sign from the start on.
    public Instant publicationDue() {
        return start.minus(overlap);
    }

    /// The same length and the same overlap, from the end of this one on.
    public Cycle next(Label name) {
        return new Cycle(name, end, end.plus(Duration.between(start, end)), overlap);
    }

    static Cycle read(JsonObject object) {
        var name = object.text("name", Label::new);
        var start = object.text("start", Cycle::instant);
        var end = object.text("end", Cycle::instant);
        long overlap = object.integer("overlap_days", OVERLAP_DAYS_MIN, OVERLAP_DAYS_MAX);
        return object.check(() -> new Cycle(name, start, end, Duration.ofDays(overlap)));
    }

    JsonFields fields() {
        return new JsonFields()
                .put("name", name.text())
                .put("start", start.toString())
                .put("end", end.toString())
                .put("overlap_days", overlap.toDays());
    }

    /// A date means its beginning in UTC.
    public static Instant day(String text) {
        try {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw MalformedException.value("date", text, "is not like 2027-01-01");
        }
    }

    static Instant instant(String text) {
        try {
            var instant = Instant.parse(text);
            if (instant.toString().equals(text) && isWholeSecond(instant)) {
                return instant;
            }
        } catch (DateTimeException notATime) {
            // Falls through to the one sentence for every fault.
        }
        throw MalformedException.value("time", text, "is not like 2027-01-01T00:00:00Z");
    }
}
