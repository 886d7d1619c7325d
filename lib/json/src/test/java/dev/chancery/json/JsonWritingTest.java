// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is written reads back, and the same tree always gives the same text.
class JsonWritingTest {
    private static final Json SAMPLE = new JsonFields()
            .put("version", 1)
            .put("name", "é \"quoted\" \\ \n\u0000\u202e😀\uDB40\uDC01")
            .put("flag", true)
            .putTexts("texts", List.of("b", "a"))
            .put("empty", List.of())
            .put("none", new Json.Members(Map.of()))
            .put("null", new Json.Null())
            .toJson();

    @Test
    void line() {
        assertEquals(
                "{\"version\":1,\"name\":\"é \\\"quoted\\\" \\\\ \\n\\u0000\\u202e😀\\udb40\\udc01\",\"flag\":true,"
                        + "\"texts\":[\"b\",\"a\"],\"empty\":[],\"none\":{},\"null\":null}",
                SAMPLE.line());
    }

    @Test
    void pretty() {
        assertEquals("""
                {
                  "version": 1,
                  "name": "é \\"quoted\\" \\\\ \\n\\u0000\\u202e😀\\udb40\\udc01",
                  "flag": true,
                  "texts": [
                    "b",
                    "a"
                  ],
                  "empty": [],
                  "none": {},
                  "null": null
                }
                """, SAMPLE.pretty());
    }

    @Test
    void everyCodePointOfTheBasicPlaneReadsBack() {
        var text = new StringBuilder();
        for (int point = 0; point < 0xd800; point++) {
            text.appendCodePoint(point);
        }
        var json = new Json.Text(text.toString());
        assertEquals(json, JsonTexts.parse(json.line()));
    }

    @Test
    void whatIsBuiltIsJson() {
        assertThrows(MalformedException.class, () -> new Json.Text("\ud800"));
        assertThrows(MalformedException.class, () -> new Json.Members(Map.of("\udc00", new Json.Null())));
        assertThrows(MalformedException.class, () -> new Json.Whole(Json.INTEGER_MAX + 1));
        assertThrows(MalformedException.class, () -> new Json.Whole(-Json.INTEGER_MAX - 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new JsonFields().put("a", 1).put("a", 2));
    }

    @Test
    void generatedTreesReadBack() {
        var random = new Random(20_261_121);
        int rounds = 500 * Integer.getInteger("rounds", 1);
        for (int round = 0; round < rounds; round++) {
            Json json = tree(random, 0);
            assertEquals(json, JsonTexts.parse(json.line()), "round " + round);
            Json again = JsonTexts.parse(json.pretty());
            assertEquals(json, again, "round " + round);
            assertEquals(json.pretty(), again.pretty(), "order, round " + round);
            assertTrue(json.line().indexOf('\n') < 0);
        }
    }

    private static Json tree(Random random, int depth) {
        return switch (random.nextInt(depth < 5 ? 6 : 4)) {
            case 0 -> new Json.Whole(random.nextLong(-Json.INTEGER_MAX, Json.INTEGER_MAX + 1));
            case 1 -> new Json.Bool(random.nextBoolean());
            case 2 -> new Json.Null();
            case 3 -> new Json.Text(text(random));
            case 4 -> {
                var list = new ArrayList<Json>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(tree(random, depth + 1));
                }
                yield new Json.Elements(list);
            }
            default -> {
                var fields = new LinkedHashMap<String, Json>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    fields.put(text(random), tree(random, depth + 1));
                }
                yield new Json.Members(fields);
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int point = random.nextInt(3) == 0 ? random.nextInt(0x110000) : random.nextInt(0x100);
            text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
        }
        return text.toString();
    }
}
