// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedTest {
    @Test
    void plainTextStandsInQuotes() {
        assertEquals("\"jenkins-prd\"", Quoted.text("jenkins-prd"));
        assertEquals("\"\"", Quoted.text(""));
        assertEquals("\"pâté 日本 🔑\"", Quoted.text("pâté 日本 🔑"));
    }

    @Test
    void quotesAndBackslashesAreEscaped() {
        assertEquals("\"a\\\"b\\\\c\"", Quoted.text("a\"b\\c"));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x08, 0x09, 0x0a, 0x0d, 0x1b, 0x7f, 0x80, 0x85, 0x9b, 0xa0, 0xad, 0x61c, 0x180e, 0x200b,
                0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
                0x2003, 0x3000, 0xd800, 0xdfff, 0xe000, 0xfeff, 0xfff9, 0xffff, 0xe0001, 0x10ffff
            })
    void whatDoesNotShowItselfIsShownByItsNumber(int point) {
        String raw = new StringBuilder("a").appendCodePoint(point).append("b").toString();
        assertEquals(String.format("\"a<U+%04X>b\"", point), Quoted.text(raw));
    }

    @Test
    void longTextIsCutAfter80Characters() {
        String longest = "x".repeat(80);
        assertEquals('"' + longest + '"', Quoted.text(longest));
        assertEquals('"' + longest + "\"...", Quoted.text(longest + "y"));
        String keys = "🔑".repeat(80);
        assertEquals('"' + keys + '"', Quoted.text(keys));
        assertEquals('"' + keys + "\"...", Quoted.text(keys + "x"));
    }

    @Test
    void theWorstTextIsStillOneShortLine() {
        String worst = Quoted.text("\u202e".repeat(1_000_000));
        assertEquals(1, worst.lines().count());
        assertTrue(worst.length() <= 80 * "<U+10FFFF>".length() + 5);
    }
}
