// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.command;

import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Quoted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// What `--since` and `--until` take: a day, which means its beginning in UTC, or a time.
public final class TimeOption {
    private TimeOption() {}

    public static Instant parse(String text) {
        try {
            return text.length() == "2026-03-01".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UsageException(
                    "time %s is not like 2026-03-01 or 2026-03-01T12:00:00Z, in UTC".formatted(Quoted.text(text)));
        }
    }
}
