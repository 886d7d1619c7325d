// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// RFC 8785, by its own examples as far as they need no fractions.
class CanonicalWritingTest {
    /// Section 3.2.3: "the following test data can be used for verifying the correctness of the sorting
    /// scheme".
    @Test
    void namesAreSortedByTheirUnits() {
        String sorted = canonical("{\"\\u20ac\": \"Euro Sign\", \"\\r\": \"Carriage Return\","
                + "\"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\", \"1\": \"One\","
                + "\"\\ud83d\\ude00\": \"Emoji: Grinning Face\", \"\\u0080\": \"Control\","
                + "\"\\u00f6\": \"Latin Small Letter O With Diaeresis\"}");
        assertEquals(
                "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
                sorted);
    }

    /// Section 3.2.2: the example's text and literals.
    @Test
    void textsAndLiterals() {
        assertEquals(
                "{\"literals\":[null,true,false],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
                canonical("{\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
                        + " \"literals\": [null, true, false]}"));
    }

    @Test
    void whatIsEmptyAndWhatIsInside() {
        assertEquals(
                "{\"a\":{},\"b\":[],\"c\":[{\"x\":-1,\"y\":0}]}",
                canonical("{\"c\":[{\"y\":0,\"x\":-1}],\"b\":[],\"a\":{}}"));
        assertEquals("\"\\b\\t\\f\\r\u007f\u2028\"", new Json.Text("\b\t\f\r\u007f\u2028").canonical());
    }

    @Test
    void aFractionHasNone() {
        assertThrows(MalformedException.class, () -> new Json.Fraction("1.5").canonical());
    }

    private static String canonical(String json) {
        return Json.parse(Bytes.of(json.getBytes(StandardCharsets.UTF_8)), "example")
                .json()
                .canonical();
    }
}
