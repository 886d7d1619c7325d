// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.MalformedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    private static List<String> path(String raw) {
        return RequestTarget.parse(raw, "").path();
    }

    private static Map<String, List<String>> query(String raw) {
        return RequestTarget.parse("/", raw).query();
    }

    @Test
    void segmentsAreDecodedOnce() {
        assertEquals(List.of("a b", "%20", "ü", "a+b", "x:y@z"), path("/a%20b/%2520/%c3%BC/a+b/x:y@z"));
        assertEquals(List.of(), path("/"));
        assertEquals(List.of("a", ""), path("/a/"));
        assertEquals(List.of("", "a"), path("//a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "",
                "*",
                "http://x/",
                "/%",
                "/%4",
                "/%4g",
                "/%2f",
                "/%2F",
                "/%5c",
                "/\\",
                "/.",
                "/..",
                "/a/../b",
                "/%2e%2E",
                "/.%2e",
                "/%00",
                "/%0a",
                "/%7f",
                "/ü",
                "/%ff",
                "/%c0%af",
                "/%ed%a0%80",
                "/a b",
                "/a\"b",
                "/a#b",
                "/a[b]",
                "/%c2%85"
            })
    void whatTwoReadersCouldReadInTwoWaysIsMalformed(String raw) {
        assertThrows(MalformedException.class, () -> path(raw));
    }

    @Test
    void parametersAreNamesAndValues() {
        assertEquals(Map.of("a", List.of("1", "2"), "b c", List.of("")), query("a=1&a=2&b%20c="));
        assertEquals(Map.of("a", List.of("x=y/z?")), query("a=x=y/z?"));
        assertEquals(Map.of("a", List.of("1,2")), query("a=1,2"));
        assertEquals(Map.of(), query(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=", "=1", "&", "a=1&", "a=+", "a=b c", "a=%0d", "a=%zz", "a=ü", "a=\"", "a=#"})
    void otherQueriesAreMalformed(String raw) {
        assertThrows(MalformedException.class, () -> query(raw));
    }

    @Test
    void lengthsHaveLimits() {
        String path = "/" + "a".repeat(RequestTarget.PATH_CHARACTERS_MAX - 1);
        assertEquals(1, path(path).size());
        assertEquals(
                414,
                assertThrows(HttpProblem.class, () -> path(path + "a"))
                        .problem()
                        .type()
                        .status());
        String query = "a=" + "b".repeat(RequestTarget.QUERY_CHARACTERS_MAX - 2);
        assertEquals(1, query(query).size());
        assertThrows(HttpProblem.class, () -> query(query + "b"));
        String many = "a=1" + "&a=1".repeat(RequestTarget.PARAMETERS_MAX - 1);
        assertEquals(
                RequestTarget.PARAMETERS_MAX,
                query(many).getOrDefault("a", List.of()).size());
        assertThrows(MalformedException.class, () -> query(many + "&a=1"));
    }

    @Test
    void aQueryIsNotRepeatedInAnError() {
        var fault = assertThrows(MalformedException.class, () -> query("token=geheim%zz"));
        assertEquals(
                "query parameter \"token\" holds a \"%\" that two hexadecimal digits do not follow", fault.sentence());
    }
}
