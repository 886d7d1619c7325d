// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused says where and why; each limit has a test on each side of it.
class JsonParsingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "[1.5]           | doc[0] is \"1.5\", not a whole number in plain digits (line 1, column 2)",
                "[1e3]           | doc[0] is \"1e3\", not a whole number in plain digits (line 1, column 2)",
                "{\"a\":-0}      | doc.a is \"-0\", a second way to write 0 (line 1, column 6)",
                "{\"a\":1,\"a\":2} | doc.a stands there twice (line 1, column 8)",
                "{\"a b\":1.0}   | doc[\"a b\"] is \"1.0\", not a whole number in plain digits (line 1, column 8)",
                "[\"\\ud800\"]   | doc[0] is \"<U+D800>\", which holds half of a surrogate pair (line 1, column 2)",
                "{} {}           | doc has more after its end (line 1, column 4)",
                "[1 2]           | doc is not JSON (line 1, column 4): \"2\" stands where , or ] is needed",
                "{\"a\":1 \"b\":2} | doc is not JSON (line 1, column 8): \"\\\"\" stands where , or } is needed",
                "{'a':1}         | doc is not JSON (line 1, column 2): \"'\" stands where a name in double quotes or } "
                        + "is needed",
                "{\"a\":1,}      | doc is not JSON (line 1, column 8): \"}\" stands where a name in double quotes "
                        + "is needed",
                "{\"a\" 1}       | doc is not JSON (line 1, column 6): \"1\" stands where : is needed",
                "[               | doc is not JSON (line 1, column 2): it ends where a value is needed",
                "[1,]            | doc is not JSON (line 1, column 4): \"]\" stands where a value is needed",
                "[NaN]           | doc is not JSON (line 1, column 2): \"N\" stands where a value is needed",
                "[nul]           | doc is not JSON (line 1, column 5): \"]\" stands where the word null is needed",
                "[01]            | doc is not JSON (line 1, column 3): \"1\" stands where no further digit after a "
                        + "first 0 is needed",
                "[1.]            | doc is not JSON (line 1, column 4): \"]\" stands where a digit is needed",
                "[1e+]           | doc is not JSON (line 1, column 5): \"]\" stands where a digit is needed",
                "[-]             | doc is not JSON (line 1, column 3): \"]\" stands where a digit is needed",
                "[\"\\x\"]        | doc is not JSON (line 1, column 4): \"x\" stands where one of \" \\ / b f n r t u "
                        + "is needed",
                "[\"\\u00g0\"]    | doc is not JSON (line 1, column 7): \"g\" stands where a hexadecimal digit is "
                        + "needed",
                "[\"a            | doc is not JSON (line 1, column 4): it ends where the end of a text is needed",
                "[9007199254740993] | doc[0] is \"9007199254740993\", not within 2^53 of zero (line 1, column 2)",
            })
    void saysWhereAndWhy(String text, String sentence) {
        assertEquals(sentence, fault(text));
    }

    @Test
    void tellsTheLine() {
        assertEquals(
                "doc.b is \"1.5\", not a whole number in plain digits (line 3, column 8)",
                fault("{\n  \"a\": 1,\n  \"b\": 1.5\n}"));
    }

    @Test
    void emptyDocument() {
        assertEquals("doc is empty where one JSON value is needed", fault(" \n"));
    }

    /// As a terminal shows it: `\n`, `\r\n` and `\r` each end a line once.
    @Test
    void everyKindOfLineEnd() {
        assertEquals("doc is not JSON (line 4, column 2): \"x\" stands where a value is needed", fault("[\n\r\n\r x]"));
    }

    @Test
    void whatIsQuotedIsMadePlain() {
        assertEquals(
                "doc is not JSON (line 1, column 2): \"<U+202E>\" stands where a value is needed", fault("[\u202e]"));
        assertEquals(
                "doc is not JSON (line 1, column 3): \"<U+0007>\" stands where an escape is needed",
                fault("[\"\u0007\"]"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Json.INTEGER_MAX, -Json.INTEGER_MAX})
    void numbersUpToTheirLimit(long number) {
        assertEquals(new Json.Whole(number), JsonTexts.parse(Long.toString(number)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "-9007199254740993", "99999999999999999", "-99999999999999999999"})
    void numbersBeyondTheirLimit(String digits) {
        assertEquals("doc is \"" + digits + "\", not within 2^53 of zero (line 1, column 1)", fault(digits));
    }

    /// RFC 8259, section 6; kept as written, because nobody here calculates with it.
    @ParameterizedTest
    @ValueSource(
            strings = {"7.5", "-0", "-0.0", "1e5", "1E+400", "0.1e-2", "9007199254740993", "123456789012345678901"})
    void otherNumbersWhereTheyAreLetIn(String number) {
        var read = Json.parse(JsonTexts.bytes("[" + number + "]"), "doc", JsonLimits.foreign(100));
        assertEquals(new Json.Elements(List.of(new Json.Fraction(number))), read.json());
        assertEquals("[" + number + "]", read.json().line());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", "1 ", "NaN", "1,2"})
    void whatIsNoNumberIsNoFraction(String text) {
        assertThrows(MalformedException.class, () -> new Json.Fraction(text));
    }

    @Test
    void textsOfOthersAreAsLongAsTheDocument() {
        int max = Json.TEXT_CHARACTERS_MAX;
        String document = "\"" + "x".repeat(max + 1) + "\"";
        var read = Json.parse(JsonTexts.bytes(document), "doc", JsonLimits.foreign(document.length()));
        assertEquals(max + 1, read.text().length());
        String name = "{\"" + "x".repeat(2_048) + "\":1}";
        Json.parse(JsonTexts.bytes(name), "doc", JsonLimits.foreign(5_000));
        String longer = name.replace("xx\"", "xxx\"");
        assertThrows(
                MalformedException.class, () -> Json.parse(JsonTexts.bytes(longer), "doc", JsonLimits.foreign(5_000)));
    }

    @Test
    void depth() {
        int max = Json.DEPTH_MAX;
        JsonTexts.parse("[".repeat(max) + "]".repeat(max));
        JsonTexts.parse("{\"a\":".repeat(max - 1) + "[7]" + "}".repeat(max - 1));
        assertEquals(
                "doc" + "[0]".repeat(max) + " lies deeper than 32 levels (line 1, column 33)",
                fault("[".repeat(max + 1) + "]".repeat(max + 1)));
    }

    @Test
    void textLength() {
        int max = Json.TEXT_CHARACTERS_MAX;
        assertEquals(new Json.Text("x".repeat(max)), JsonTexts.parse("\"" + "x".repeat(max) + "\""));
        assertEquals(
                "doc has a text of 65537 characters, more than 65536 (line 1, column 1)",
                fault("\"" + "x".repeat(max + 1) + "\""));
    }

    @Test
    void nameLength() {
        int max = Json.NAME_CHARACTERS_MAX;
        JsonTexts.parse("{\"" + "x".repeat(max) + "\":1}");
        assertEquals(
                "doc has a text of 129 characters, more than 128 (line 1, column 2)",
                fault("{\"" + "x".repeat(max + 1) + "\":1}"));
    }

    @Test
    void veryLongTokens() {
        String million = "1".repeat(1_000_000);
        assertEquals(
                "doc has a text of 1000000 characters, more than 65536 (line 1, column 1)",
                fault("\"" + million + "\""));
        assertEquals(
                "doc has a text of 1000000 characters, more than 128 (line 1, column 2)",
                fault("{\"" + million + "\":1}"));
        assertEquals(
                "doc is \"" + million.substring(0, 80) + "\"..., not within 2^53 of zero (line 1, column 1)",
                fault(million));
        assertEquals(
                "doc is \"" + million.substring(0, 80) + "\"..., not a whole number in plain digits (line 1, column 1)",
                fault(million + ".5"));
    }

    @Test
    void documentLength() {
        String most = "[]" + " ".repeat(Json.DOCUMENT_BYTES_MAX - 2);
        JsonTexts.parse(most);
        assertEquals("doc has 1048577 bytes, more than 1048576", fault(most + " "));
        Json.parse(JsonTexts.bytes("[]"), "doc", 2);
        MalformedException e =
                assertThrows(MalformedException.class, () -> Json.parse(JsonTexts.bytes("[] "), "doc", 2));
        assertEquals("doc has 3 bytes, more than 2", e.sentence());
    }

    /// The densest documents that the limits allow fit the memory of the tests many times over.
    @ParameterizedTest
    @ValueSource(strings = {"1,", "{},", "[],", "\"\",", "{\"a\":[]},"})
    void densestDocuments(String element) {
        String many = element.repeat((Json.DOCUMENT_BYTES_MAX - 3) / element.length());
        JsonTexts.parse("[" + many + "0]");
    }

    private static String fault(String text) {
        return assertThrows(MalformedException.class, () -> JsonTexts.parse(text))
                .sentence();
    }
}
