// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.MalformedException;
import java.nio.charset.StandardCharsets;

/// Any text is a target whose segments are safe, or an error of ours.
class RequestTargetFuzzTest {
    @FuzzTest
    void parses(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int mark = text.indexOf('?');
        String query = mark < 0 ? "" : text.substring(mark + 1);
        try {
            var target = RequestTarget.parse(mark < 0 ? text : text.substring(0, mark), query);
            for (String segment : target.path()) {
                assertFalse(segment.contains("/") || segment.contains("\\") || segment.equals(".."), segment);
                assertEquals(0, segment.chars().filter(Character::isISOControl).count());
            }
        } catch (MalformedException | HttpProblem e) {
            // That is an answer.
        }
    }
}
