// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthPlanTest {
    private static final String RULE =
            "{\"requester\":\"ci\",\"claims\":[{\"claim\":\"sub\",\"equals\":\"x\"}],\"scopes\":[\"read\"]}";

    private static AuthPlan plan(String json) {
        return Json.parse(Bytes.of(json.getBytes(StandardCharsets.UTF_8)), "auth")
                .object(AuthPlan::read);
    }

    private static AuthPlan issuer(String fields) {
        return plan("{\"issuers\":[{\"audience\":\"a\"," + fields + "}]}");
    }

    private static AuthPlan address(String address) {
        return issuer("\"issuer\":\"" + address + "\",\"algorithms\":[\"RS256\"],\"rules\":[" + RULE + "]");
    }

    @Test
    void whatIsLeftOutIsNotThere() {
        assertEquals(AuthPlan.TOKENS_ONLY, plan("{}"));
        var issuer = address("https://issuer.example.org").issuers().getFirst();
        assertEquals(Duration.ofHours(1), issuer.terms().lifetimeMax());
        assertEquals(
                "https://issuer.example.org/.well-known/openid-configuration",
                issuer.discovery().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://a", "https://a.example:8443/realms/x", "http://127.0.0.1:8080", "http://[::1]:1/x/"})
    void addressesAreHttpsOrOfThisMachine(String address) {
        assertEquals(address, address(address).issuers().getFirst().name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.example",
                "http://localhost:1",
                "http://10.0.0.1",
                "https://u:p@a",
                "https://a#b",
                "ftp://a",
                "a",
                "",
                "https:a",
                "https://a b"
            })
    void otherAddressesAreMalformed(String address) {
        assertThrows(MalformedException.class, () -> address(address));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"issuer\":\"https://a\",\"algorithms\":[\"RS256\"],\"rules\":[]",
                "\"issuer\":\"https://a\",\"algorithms\":[],\"rules\":[RULE]",
                "\"issuer\":\"https://a\",\"algorithms\":[\"RS512\"],\"rules\":[RULE]",
                "\"issuer\":\"https://a\",\"algorithms\":[\"RS256\"],\"rules\":[RULE,RULE]",
                "\"issuer\":\"https://a\",\"algorithms\":[\"RS256\"],\"rules\":[RULE],\"x\":1",
                "\"issuer\":\"https://a\",\"algorithms\":[\"RS256\"],\"rules\":[RULE],\"jwks\":\"http://b.example\"",
                "\"issuer\":\"https://a\",\"algorithms\":[\"RS256\"],\"rules\":[RULE],\"lifetime_seconds_max\":59",
                "\"issuer\":\"https://a\",\"algorithms\":[\"RS256\"],\"rules\":[RULE],\"lifetime_seconds_max\":86401",
            })
    void issuersAreReadStrictly(String fields) {
        assertThrows(MalformedException.class, () -> issuer(fields.replace("RULE", RULE)));
    }

    @Test
    void pathsAreAbsoluteOrRelativeToADirectory() {
        String fields = "\"issuer\":\"https://a\",\"algorithms\":[\"RS256\"],\"rules\":[" + RULE + "],\"authorities\":";
        assertThrows(MalformedException.class, () -> issuer(fields + "\"ca.pem\""));
        assertThrows(MalformedException.class, () -> issuer(fields + "\"/a\\u0000\""));
        var absolute = issuer(fields + "\"/etc/ca.pem\"").issuers().getFirst();
        assertEquals(Path.of("/etc/ca.pem"), absolute.keys().authorities().orElseThrow());
        String json = "{\"issuers\":[{\"audience\":\"a\"," + fields + "\"../ca.pem\"}]}";
        var relative = Json.parse(Bytes.of(json.getBytes(StandardCharsets.UTF_8)), "auth")
                .object(object -> AuthPlan.read(object, Path.of("/srv/server")));
        var keys = relative.issuers().getFirst().keys();
        assertEquals(Path.of("/srv/ca.pem"), keys.authorities().orElseThrow());
    }

    @Test
    void aRuleNeedsClaimsAndScopes() {
        String address = "\"issuer\":\"https://a\",\"algorithms\":[\"RS256\"],\"rules\":[%s]";
        String noClaims = RULE.replace("{\"claim\":\"sub\",\"equals\":\"x\"}", "");
        String noScopes = RULE.replace("\"read\"", "");
        assertThrows(MalformedException.class, () -> issuer(address.formatted(noClaims)));
        assertThrows(MalformedException.class, () -> issuer(address.formatted(noScopes)));
    }

    @Test
    void nothingIsThereTwice() {
        String certificate = "{\"san\":\"dns:a\",\"requester\":\"%s\",\"scopes\":[\"read\"]}";
        String two = certificate.formatted("a") + "," + certificate.formatted("b");
        assertThrows(MalformedException.class, () -> plan("{\"certificates\":[" + two + "]}"));
        assertEquals(
                1,
                plan("{\"certificates\":[" + certificate.formatted("a") + "]}")
                        .certificates()
                        .size());
        String issuer =
                "{\"issuer\":\"https://a\",\"audience\":\"a\",\"algorithms\":[\"RS256\"],\"rules\":[" + RULE + "]}";
        assertThrows(MalformedException.class, () -> plan("{\"issuers\":[" + issuer + "," + issuer + "]}"));
    }

    @Test
    void numbersHaveLimits() {
        assertEquals(
                AuthPlan.ISSUERS_MAX,
                plan(issuers(AuthPlan.ISSUERS_MAX)).issuers().size());
        assertThrows(MalformedException.class, () -> plan(issuers(AuthPlan.ISSUERS_MAX + 1)));
        assertEquals(
                16,
                claims(Issuer.CLAIMS_MAX)
                        .issuers()
                        .getFirst()
                        .rules()
                        .getFirst()
                        .claims()
                        .size());
        assertThrows(MalformedException.class, () -> claims(Issuer.CLAIMS_MAX + 1));
    }

    private static String issuers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"issuer\":\"https://a" + i
                        + "\",\"audience\":\"a\",\"algorithms\":[\"ES256\"],\"rules\":[" + RULE + "]}")
                .collect(Collectors.joining(",", "{\"issuers\":[", "]}"));
    }

    private static AuthPlan claims(int count) {
        String claim = "{\"claim\":\"sub\",\"equals\":\"x\"}";
        String claims = (claim + ",").repeat(count - 1) + claim;
        return issuer(
                "\"issuer\":\"https://a\",\"algorithms\":[\"RS256\"],\"rules\":[" + RULE.replace(claim, claims) + "]");
    }
}
