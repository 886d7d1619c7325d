// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// When a rule permits: on these days, from one minute of the day on and before another, by the clocks of a
/// zone.
///
/// A night is two rules, for each day has its own hours. Where clocks are set back, an hour is there twice.
public record SigningHours(Set<DayOfWeek> days, int fromMinute, int untilMinute, ZoneId zone) {
    /// Minutes of a day: `24:00` is its end.
    public static final int MINUTES = 24 * 60;

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])|24:00");

    public SigningHours {
        days = Collections.unmodifiableSortedSet(new TreeSet<>(days));
        if (days.isEmpty()) {
            throw new MalformedException("hours have no day");
        }
        if (fromMinute < 0 || fromMinute >= untilMinute || untilMinute > MINUTES) {
            throw new MalformedException("hours from %s until %s are none; a night is two rules"
                    .formatted(written(fromMinute), written(untilMinute)));
        }
    }

    static SigningHours read(JsonObject hours) {
        var list = hours.list("days", 1, DayOfWeek.values().length, value -> value.text(SigningHours::day));
        var days = EnumSet.copyOf(list);
        if (days.size() != list.size()) {
            throw hours.malformed("has one of the days twice");
        }
        int from = hours.text("from", SigningHours::minute);
        int until = hours.text("until", SigningHours::minute);
        ZoneId zone = hours.text("zone", SigningHours::zone);
        return hours.check(() -> new SigningHours(days, from, until, zone));
    }

    Json toJson() {
        return new JsonFields()
                .putTexts("days", days.stream().map(SigningHours::label).toList())
                .put("from", written(fromMinute))
                .put("until", written(untilMinute))
                .put("zone", zone.getId())
                .toJson();
    }

    boolean contain(Instant time) {
        var local = time.atZone(zone);
        int minute = local.getHour() * 60 + local.getMinute();
        return days.contains(local.getDayOfWeek()) && minute >= fromMinute && minute < untilMinute;
    }

    /// `mon, tue from 08:00 until 18:00 Europe/Berlin`.
    public String words() {
        var names = new StringJoiner(", ");
        days.forEach(day -> names.add(label(day)));
        return "%s from %s until %s %s".formatted(names, written(fromMinute), written(untilMinute), zone.getId());
    }

    private static String label(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static DayOfWeek day(String text) {
        for (var day : DayOfWeek.values()) {
            if (label(day).equals(text)) {
                return day;
            }
        }
        throw MalformedException.value("day", text, "is not one of mon, tue, wed, thu, fri, sat, sun");
    }

    private static int minute(String text) {
        if (!TIME.matcher(text).matches()) {
            throw MalformedException.value("time of day", text, "is not like 08:00, at most 24:00");
        }
        return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }

    private static String written(int minute) {
        return "%02d:%02d".formatted(minute / 60, minute % 60);
    }

    /// Names of regions and `UTC`: an offset would be wrong half the year.
    private static ZoneId zone(String text) {
        try {
            if (text.equals("UTC") || text.indexOf('/') > 0) {
                return ZoneId.of(text);
            }
        } catch (DateTimeException unknown) {
            // The one sentence for both.
        }
        throw MalformedException.value("zone", text, "is not UTC or a name like Europe/Berlin that is known here");
    }
}
