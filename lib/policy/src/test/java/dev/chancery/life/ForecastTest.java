// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of what verifiers think, in full. `key rehearse` asks the tools themselves.
class ForecastTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            EXPIRED,     GNUPG,    EXPIRED_EXITS_0, EXPIRED_EXITS_0
            EXPIRED,     SEQUOIA,  GOOD,            REFUSED
            EXPIRED,     RPM_4_18, NOT_NOTICED,     NOT_NOTICED
            EXPIRED,     RPM_4_20, GOOD,            REFUSED
            EXPIRED,     APT_2_6,  REFUSED,         REFUSED
            EXPIRED,     APT_3,    GOOD,            REFUSED
            EXPIRED,     PACMAN,   REFUSED,         REFUSED
            EXPIRED,     PACMAN_KEY, REFUSED,         REFUSED
            RETIRED,     GNUPG,    REVOKED_EXITS_0, REVOKED_EXITS_0
            RETIRED,     SEQUOIA,  GOOD,            REFUSED
            RETIRED,     RPM_4_18, NOT_NOTICED,     NOT_NOTICED
            RETIRED,     RPM_4_20, GOOD,            REFUSED
            RETIRED,     APT_2_6,  REFUSED,         REFUSED
            RETIRED,     APT_3,    GOOD,            REFUSED
            RETIRED,     PACMAN,   REFUSED,         REFUSED
            RETIRED,     PACMAN_KEY, REVOKED_EXITS_0, REVOKED_EXITS_0
            COMPROMISED, GNUPG,    REVOKED_EXITS_0, REVOKED_EXITS_0
            COMPROMISED, SEQUOIA,  REFUSED,         REFUSED
            COMPROMISED, RPM_4_18, NOT_NOTICED,     NOT_NOTICED
            COMPROMISED, RPM_4_20, REFUSED,         REFUSED
            COMPROMISED, APT_2_6,  REFUSED,         REFUSED
            COMPROMISED, APT_3,    REFUSED,         REFUSED
            COMPROMISED, PACMAN,   REFUSED,         REFUSED
            COMPROMISED, PACMAN_KEY, REVOKED_EXITS_0, REVOKED_EXITS_0
            """)
    void whatVerifiersThink(
            Forecast.Event event, Forecast.Verifier verifier, Forecast.Opinion before, Forecast.Opinion after) {
        assertTrue(Forecast.of(event).contains(new Forecast.Line(verifier, before, after)));
    }

    @Test
    void anExtensionIsGoodForAll() {
        assertEquals(
                Forecast.Verifier.values().length,
                Forecast.of(Forecast.Event.EXTENDED).size());
        assertTrue(Forecast.of(Forecast.Event.EXTENDED).stream()
                .allMatch(line -> line.before().isGood() && line.after().isGood()));
    }
}
