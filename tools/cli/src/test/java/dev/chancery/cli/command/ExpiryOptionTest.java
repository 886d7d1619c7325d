// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.MalformedException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryOptionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1d, 2026-11-22T12:00:00Z",
        "90d, 2027-02-19T12:00:00Z",
        "18m, 2028-05-21T12:00:00Z",
        "2y, 2028-11-21T12:00:00Z",
        "2028-06-30, 2028-06-30T00:00:00Z"
    })
    void readsPeriodsAndDates(String text, Instant end) {
        assertEquals(Optional.of(end), ExpiryOption.parse(text, NOW));
    }

    @Test
    void neverIsNoEnd() {
        assertEquals(Optional.empty(), ExpiryOption.parse("never", NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "d", "0d", "-1d", "2w", "12345d", "2026-11-21", "2026-02-30", "Never", "2 y", "１d"})
    void refusesWhatIsNoFutureTime(String text) {
        assertThrows(MalformedException.class, () -> ExpiryOption.parse(text, NOW));
    }
}
