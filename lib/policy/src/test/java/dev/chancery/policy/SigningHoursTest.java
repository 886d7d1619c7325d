// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningHoursTest {
    private static final String WEEK =
            "{'days': ['mon', 'fri'], 'from': '08:00', 'until': '18:00', 'zone': 'Europe/Berlin'}";

    private static SigningRules rules(String hours) {
        return SigningRules.parse(Samples.bytes("""
                {"version": 1, "rules": [
                  {"name": "day", "requesters": ["local:alice"], "authority": "qa", "formats": ["raw"],
                   "artifacts": ["*"], "size_bytes_max": 1, "hours": %s}]}
                """.formatted(hours.replace('\'', '"'))));
    }

    private static SigningRule permit(String hours, String time) {
        var question = new SigningQuestion(
                Samples.authority("qa"), Samples.RAW, Samples.artifact("a", 1), Instant.parse(time));
        return rules(hours).permit(new Requester("local:alice"), question);
    }

    /// 2 January 2026 is a Friday; Berlin is an hour ahead of UTC in winter, two in summer.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T07:00:00Z",
                "2026-01-02T16:59:59.999Z",
                "2026-01-05T12:00:00Z",
                "2026-07-03T06:00:00Z",
                "2026-07-03T15:59:59Z",
            })
    void permitsWithin(String time) {
        assertEquals("day", permit(WEEK, time).name().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T06:59:59.999Z",
                "2026-01-02T17:00:00Z",
                "2026-07-03T05:59:59Z",
                "2026-07-03T16:00:00Z",
                "2026-01-03T12:00:00Z",
                "2026-01-01T12:00:00Z",
            })
    void refusesOutside(String time) {
        var refusal = assertThrows(RefusedException.class, () -> permit(WEEK, time));
        assertEquals("signing-rule:day", refusal.rule());
        assertTrue(
                refusal.sentence().endsWith("signing is mon, fri from 08:00 until 18:00 Europe/Berlin"),
                refusal.sentence());
    }

    @Test
    void aDayHasAllItsMinutes() {
        String day = "{'days': ['fri'], 'from': '00:00', 'until': '24:00', 'zone': 'UTC'}";
        permit(day, "2026-01-02T00:00:00Z");
        permit(day, "2026-01-02T23:59:59Z");
        assertThrows(RefusedException.class, () -> permit(day, "2026-01-03T00:00:00Z"));
        assertThrows(RefusedException.class, () -> permit(day, "2026-01-01T23:59:59Z"));
        String minute = "{'days': ['fri'], 'from': '23:59', 'until': '24:00', 'zone': 'UTC'}";
        assertThrows(RefusedException.class, () -> permit(minute, "2026-01-02T23:58:59Z"));
        permit(minute, "2026-01-02T23:59:00Z");
    }

    @Test
    void readsBack() {
        var rules = rules(WEEK);
        assertEquals(rules, SigningRules.parse(rules.toBytes()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'mon', 'fri'     |                  | has 0 elements
            'fri'            | 'mon'            | twice
            'fri'            | 'Fri'            | is not one of mon
            'fri'            | 'friday'         | is not one of mon
            '08:00'          | '8:00'           | is not like 08:00
            '08:00'          | '08:60'          | is not like 08:00
            '08:00'          | '24:01'          | is not like 08:00
            '08:00'          | '18:00'          | from 18:00 until 18:00 are none
            '08:00'          | '22:00'          | a night is two rules
            'Europe/Berlin'  | 'Europe/Bonn'    | is not UTC or a name
            'Europe/Berlin'  | '+01:00'         | is not UTC or a name
            'Europe/Berlin'  | 'CET'            | is not UTC or a name
            'zone'           | 'tz'             | zone
            """)
    void whatIsNotRightIsMalformed(String from, String to, String words) {
        String hours = WEEK.replace(from, to == null ? "" : to);
        var fault = assertThrows(MalformedException.class, () -> rules(hours));
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }
}
