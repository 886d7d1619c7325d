// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.token;

import static dev.chancery.store.Sample.sha256;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.Sample;
import dev.chancery.store.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokensTest extends StoreContract {
    private static final Instant END = Sample.NOW.plus(Duration.ofDays(90));

    private static Token token(String name, String... scopes) {
        return new Token(
                name, sha256("secret of " + name), new TreeSet<>(List.of(scopes)), Sample.NOW, END, Optional.empty());
    }

    @Test
    void aTokenIsFoundByTheHashOfItsSecret() {
        var token = token("ci-release", "sign:qa", "verify");
        store.tokens().add(token);
        store.tokens().add(token("bare"));
        assertEquals(Optional.of(token), store.tokens().find(token.hash()));
        assertEquals(Optional.empty(), store.tokens().find(sha256("secret of nobody")));
        assertEquals(List.of(token("bare"), token), store.tokens().list());
    }

    @Test
    void aRevokedTokenStaysAndItsNameIsNotFree() {
        var token = token("ci");
        store.tokens().add(token);
        watch.move(Duration.ofMinutes(1));
        var revoked = store.tokens().revoke("ci").orElseThrow();
        assertEquals(Optional.of(Sample.NOW.plusSeconds(60)), revoked.revoked());
        watch.move(Duration.ofMinutes(1));
        assertEquals(Optional.of(revoked), store.tokens().revoke("ci"));
        assertEquals(Optional.of(revoked), store.tokens().find(token.hash()));
        assertEquals(Optional.empty(), store.tokens().revoke("other"));
        var again = new Token("ci", sha256("new secret"), new TreeSet<>(), Sample.NOW, END, Optional.empty());
        var e = assertThrows(RefusedException.class, () -> store.tokens().add(again));
        assertEquals("token-name", e.rule());
        assertEquals("there is or was a token with the name \"ci\"; names are given once", e.sentence());
    }

    /// Who makes secrets at random never gets here.
    @Test
    void twoTokensCannotHaveOneSecret() {
        var one = token("one");
        store.tokens().add(one);
        var two = new Token("two", one.hash(), one.scopes(), Sample.NOW, END, Optional.empty());
        assertThrows(UnavailableException.class, () -> store.tokens().add(two));
        store.tokens().add(token("three"));
    }

    @Test
    void aTokenIsValidUntilItsEndOrItsRevocation() {
        var token = token("ci");
        assertTrue(token.isValidAt(END.minusNanos(1_000)));
        assertFalse(token.isValidAt(END));
        store.tokens().add(token);
        assertFalse(store.tokens().revoke("ci").orElseThrow().isValidAt(Sample.NOW));
    }

    @Test
    void namesAndScopesAreShortWords() {
        assertEquals(64, token("n".repeat(Token.NAME_CHARACTERS_MAX)).name().length());
        for (var wrong : List.of("", "n".repeat(Token.NAME_CHARACTERS_MAX + 1), "CI", "-ci", "ci-", "c i", "c\n")) {
            assertThrows(MalformedException.class, () -> token(wrong));
        }
        assertEquals(
                1, token("ci", "s".repeat(Token.SCOPE_CHARACTERS_MAX)).scopes().size());
        for (var wrong : List.of("", "s".repeat(Token.SCOPE_CHARACTERS_MAX + 1), "s s", "ß")) {
            assertThrows(MalformedException.class, () -> token("ci", wrong));
        }
        assertEquals(
                Token.SCOPES_MAX, token("ci", scopes(Token.SCOPES_MAX)).scopes().size());
        assertThrows(MalformedException.class, () -> token("ci", scopes(Token.SCOPES_MAX + 1)));
    }

    private static String[] scopes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "scope" + i)
                .collect(Collectors.toSet())
                .toArray(String[]::new);
    }
}
