// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// YAML as it stands in manifests.
class YamlTest {
    private static String read(String yaml) {
        return Yaml.read(Bytes.of(yaml.getBytes(StandardCharsets.UTF_8)), "manifest")
                .line();
    }

    private static String refused(String yaml) {
        return assertThrows(MalformedException.class, () -> read(yaml)).sentence();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1 | {\"a\":1}",
                "a: 2.0 | {\"a\":2}",
                "a: 0.25 | {\"a\":0.25}",
                "a: 1e3 | {\"a\":1000}",
                "a: '1' | {\"a\":\"1\"}",
                "a: yes | {\"a\":\"yes\"}",
                "a: True | {\"a\":true}",
                "a: | {\"a\":null}",
                "a: ~ | {\"a\":null}",
                "a: 2026-01-01 | {\"a\":\"2026-01-01\"}",
                "a: [1, {b: c}] | {\"a\":[1,{\"b\":\"c\"}]}",
                "a.b: 1 | {\"a\":{\"b\":1}}",
                "{a.b: 1, a.c: 2} | {\"a\":{\"b\":1,\"c\":2}}",
                "{a: {b: 1}, a.c: 2} | {\"a\":{\"b\":1,\"c\":2}}",
                "{a.c: 2, a: {b: 1}} | {\"a\":{\"c\":2,\"b\":1}}",
                "{a: &x [1], b: *x} | {\"a\":[1],\"b\":[1]}",
                "a: 9007199254740992 | {\"a\":9007199254740992}",
                "a: 9007199254740993 | {\"a\":9007199254740993}",
            })
    void reads(String yaml, String json) {
        assertEquals(json, read(yaml));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "- a",
                "a: 1\na: 2",
                "a: [",
                "a: .nan",
                "a: .inf",
                "a: !!binary AAAA",
                "a: !x y",
                "a: *b",
                "--- {a: 1}\n--- {a: 2}",
                "a: \"\\uD800\"",
                "&a {b: *a}"
            })
    void isMalformed(String yaml) {
        refused(yaml);
    }

    @Test
    void isUtf8() {
        var latin = Bytes.of(new byte[] {'a', ':', ' ', (byte) 0xe9});
        assertThrows(MalformedException.class, () -> Yaml.read(latin, "manifest"));
    }

    @Test
    void bytesHaveALimit() {
        String comment = "a: 1\n#";
        assertEquals("{\"a\":1}", read(comment + "x".repeat(Yaml.BYTES_MAX - comment.length())));
        assertEquals(
                "manifest has 1048577 bytes, more than 1048576",
                refused(comment + "x".repeat(Yaml.BYTES_MAX - comment.length() + 1)));
    }

    /// Small files that would be large: each list has the one before ten times.
    @Test
    void aliasesHaveALimit() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a%d: &a%d [%s]\n"
                    .formatted(i, i, String.join(",", java.util.Collections.nCopies(10, "*a" + (i - 1)))));
        }
        refused(bomb.toString());
        String aliases = "a: &a [1]\nb: [" + "*a,".repeat(Yaml.ALIASES_MAX - 1) + "*a]";
        assertTrue(read(aliases).length() > 100);
        refused(aliases.replace("*a]", "*a,*a]"));
    }

    @Test
    void valuesHaveALimit() {
        // A list of n is n values, the list and the map.
        String values = "a: [" + "1,".repeat(Yaml.VALUES_MAX - 3) + "1]";
        assertEquals(
                Yaml.VALUES_MAX - 2, read(values).chars().filter(c -> c == '1').count());
        assertTrue(refused(values.replace("1]", "1,1]")).contains("more than 100000 values"));
    }

    @Test
    void depthHasALimit() {
        assertTrue(read("a: " + "[".repeat(31) + "]".repeat(31)).length() > 60);
        refused("a: " + "[".repeat(33) + "]".repeat(33));
        refused("a: " + "[".repeat(100_000));
    }
}
