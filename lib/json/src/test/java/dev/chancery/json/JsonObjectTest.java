// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Authority;
import dev.chancery.core.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reading objects: every field is asked for, or the whole is refused.
class JsonObjectTest {
    private record Point(long x, long y) {}

    /// The example of the package comment.
    @Test
    void packageExample() {
        Function<JsonObject, Point> read = o -> new Point(o.integer("x", 0, 99), o.integer("y", 0, 99));
        assertEquals(
                new Point(1, 2),
                Json.parse(JsonTexts.bytes("{\"x\":1,\"y\":2}"), "point").object(read));
        JsonValue surplus = Json.parse(JsonTexts.bytes("{\"x\":1,\"y\":2,\"z\":3}"), "point");
        MalformedException e = assertThrows(MalformedException.class, () -> surplus.object(read));
        assertEquals("point.z is not known here; known are x, y", e.sentence());
    }

    private record Everything(
            String text, Optional<Authority> authority, boolean flag, List<Long> numbers, List<Point> points) {
        static Everything read(JsonObject o) {
            return new Everything(
                    o.text("text"),
                    o.optionalText("authority", Authority::new),
                    o.bool("flag"),
                    o.list("numbers", 0, 2, number -> number.integer(0, 9)),
                    o.list(
                            "points",
                            1,
                            2,
                            point -> point.object(p -> new Point(p.integer("x", 0, 9), p.integer("y", 0, 9)))));
        }
    }

    private static final String EVERYTHING =
            "{'text':'t','authority':'qa','flag':true,'numbers':[1,2],'points':[{'x':3,'y':4}]}";

    private static Everything everything(String text) {
        return JsonTexts.value(text.replace('\'', '"')).object(Everything::read);
    }

    @Test
    void readsEveryKind() {
        var expected =
                new Everything("t", Optional.of(new Authority("qa")), true, List.of(1L, 2L), List.of(new Point(3, 4)));
        assertEquals(expected, everything(EVERYTHING));
    }

    @Test
    void absentFieldMayBeOptional() {
        assertTrue(everything(EVERYTHING.replace("'authority':'qa',", ""))
                .authority()
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'t'              | 7                   | doc.text is the number 7, not a text",
                "'t'              | null                | doc.text is null, not a text",
                "'t'              | ['t']               | doc.text is an array, not a text",
                "'qa'             | null                | doc.authority is null, not a text",
                "'qa'             | ''                  | doc.authority: authority \"\" is empty",
                "true             | 'true'              | doc.flag is the text \"true\", not true or false",
                "true             | 1                   | doc.flag is the number 1, not true or false",
                "[1,2]            | [1,10]              | doc.numbers[1] is 10, not 0 to 9",
                "[1,2]            | [-1]                | doc.numbers[0] is -1, not 0 to 9",
                "[1,2]            | ['1']               | doc.numbers[0] is the text \"1\", not a whole number",
                "[1,2]            | [1,2,3]             | doc.numbers has 3 elements, not 0 to 2",
                "[1,2]            | {}                  | doc.numbers is an object, not an array",
                "[{'x':3,'y':4}]  | []                  | doc.points has 0 elements, not 1 to 2",
                "[{'x':3,'y':4}]  | [[]]                | doc.points[0] is an array, not an object",
                "[{'x':3,'y':4}]  | [{'x':3,'z':4}]     | doc.points[0] lacks the field \"y\"; it has \"x\", \"z\"",
                "[{'x':3,'y':4}]  | [{}]                | doc.points[0] lacks the field \"x\"; it is empty",
                "{'x':3,'y':4}    | {'x':3,'y':4,'c':5} | doc.points[0].c is not known here; known are x, y",
                "{'text'          | {'colour':1,'text'  | doc.colour is not known here; "
                        + "known are text, authority, flag, numbers, points",
                "{'text'          | {'a\"b':1,'text'    | `-`",
            })
    void refuses(String part, String instead, String sentence) {
        String text = EVERYTHING.replace(part, instead);
        MalformedException e = assertThrows(MalformedException.class, () -> everything(text));
        if (!sentence.equals("-")) {
            assertEquals(sentence, e.sentence());
        }
    }

    @Test
    void namesOfStrangersAreQuoted() {
        JsonValue value = JsonTexts.value("{\"\\u202e\":1}");
        MalformedException e = assertThrows(MalformedException.class, () -> value.object(o -> o.optional("x")));
        assertEquals("doc[\"<U+202E>\"] is not known here; known are x", e.sentence());
    }

    @Test
    void manyNamesAreCutShort() {
        JsonValue value = JsonTexts.value("{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1}");
        MalformedException e = assertThrows(MalformedException.class, () -> value.object(o -> o.required("x")));
        assertEquals(
                "doc lacks the field \"x\"; it has \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\"...",
                e.sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "true", "null", "\"x\""})
    void onlyAnObjectHasFields(String text) {
        assertThrows(MalformedException.class, () -> JsonTexts.value(text).object(o -> o.optional("x")));
    }

    @Test
    void checkPutsThePlaceInFront() {
        JsonValue value = JsonTexts.value("{\"a\":[7]}");
        MalformedException e =
                assertThrows(MalformedException.class, () -> value.object(o -> o.check(() -> new Authority("QA"))));
        assertTrue(e.sentence().startsWith("doc: authority \"QA\" is not"), e.sentence());
        assertEquals(List.of("doc.a[0]"), value.object(o -> o.list("a", 1, 1, JsonValue::path)));
    }
}
