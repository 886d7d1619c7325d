// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTest {
    private static final String CLAIMS = """
            {"ref":"refs/heads/release-1","n":42,"yes":true,"groups":["a","qa"],"none":null,"deep":[["x"]],
             "kubernetes.io":{"namespace":"ci","a/b":"c"},"line":"a\\nb","slashes":"a//b"}""";

    private static JsonValue json(String text) {
        return Json.parse(Bytes.of(text.getBytes(StandardCharsets.UTF_8)), "json");
    }

    private static boolean holds(String name, String kind, String expected) {
        String claim = "{\"claim\":\"%s\",\"%s\":\"%s\"}".formatted(name, kind, expected);
        return json(claim).object(Claim::read).holds((Json.Members) json(CLAIMS).json());
    }

    @ParameterizedTest
    @CsvSource({
        "ref, equals, refs/heads/release-1, true",
        "ref, equals, refs/heads/release-, false",
        "ref, equals, refs/heads/release-*, false",
        "ref, like, refs/heads/release-*, true",
        "ref, like, refs/*/release-?, true",
        "ref, like, *, false",
        "ref, like, refs/*, false",
        "ref, like, refs/heads/*/x, false",
        "ref, like, Refs/heads/*, false",
        "n, equals, 42, true",
        "n, like, 4*, true",
        "yes, equals, true, true",
        "groups, equals, qa, true",
        "groups, equals, q, false",
        "groups, like, q*, true",
        "deep, equals, x, false",
        "none, equals, null, false",
        "missing, equals, '.', false",
        "missing, like, '*', false",
        "/kubernetes.io/namespace, equals, ci, true",
        "/kubernetes.io/a~1b, equals, c, true",
        "/kubernetes.io/missing, equals, c, false",
        "/kubernetes.io, equals, c, false",
        "kubernetes.io, equals, c, false",
        "/ref/x, equals, c, false",
        "/ref, equals, refs/heads/release-1, true",
        "line, like, '*', false",
        "slashes, like, 'a/*/b', false",
    })
    void aClaimHoldsOrNot(String name, String kind, String expected, boolean holds) {
        assertEquals(holds, holds(name, kind, expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"claim\":\"a\"}",
                "{\"claim\":\"a\",\"equals\":\"b\",\"like\":\"b\"}",
                "{\"claim\":\"a\",\"equals\":\"\"}",
                "{\"claim\":\"\",\"equals\":\"b\"}",
                "{\"claim\":\"a\",\"like\":\"**\"}",
                "{\"claim\":\"a\",\"like\":\"a//b\"}",
                "{\"claim\":\"a\",\"like\":\"[ab]\"}",
                "{\"claim\":\"a\",\"like\":\"!a\"}",
                "{\"claim\":\"a\",\"matches\":\"b\"}"
            })
    void otherClaimsAreMalformed(String claim) {
        assertThrows(MalformedException.class, () -> json(claim).object(Claim::read));
    }

    @Test
    void textsHaveALimit() {
        String most = "a".repeat(Claim.CHARACTERS_MAX);
        assertEquals(false, holds("ref", "equals", most));
        assertThrows(MalformedException.class, () -> holds("ref", "equals", most + "a"));
    }
}
