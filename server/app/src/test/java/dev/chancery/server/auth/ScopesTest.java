// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Authority;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.server.auth.Scope.Act;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
    private static final Authority QA = new Authority("qa");
    private static final Authority RELEASE = new Authority("release");

    @Test
    void aScopeCoversOneActOfOneAuthority() {
        var scopes = Scopes.parse(List.of("sign:qa", "attest:*"));
        scopes.permit(Act.SIGN, QA);
        scopes.permit(Act.ATTEST, QA);
        scopes.permit(Act.ATTEST, RELEASE);
        for (Act act : new Act[] {Act.SIGN, Act.TAG, Act.READ}) {
            var refused = assertThrows(RefusedException.class, () -> scopes.permit(act, RELEASE));
            assertEquals("token-scope", refused.rule());
        }
        assertEquals(
                "the credential is not good for tag:qa",
                assertThrows(RefusedException.class, () -> scopes.permit(Act.TAG, QA))
                        .sentence());
        assertEquals(
                "the credential is not good for read or work",
                assertThrows(RefusedException.class, () -> scopes.permitAny(Act.READ, Act.WORK))
                        .sentence());
    }

    @Test
    void readingIsAScopeOfItsOwn() {
        var scopes = Scopes.parse(List.of("read"));
        scopes.permitAny(Act.READ);
        scopes.permitAny(Act.WORK, Act.READ);
        assertThrows(RefusedException.class, () -> scopes.permitAny(Act.WORK, Act.SUBMIT));
        assertThrows(RefusedException.class, () -> scopes.permit(Act.READ, QA));
        assertThrows(RefusedException.class, () -> scopes.permit(Act.SIGN, QA));
    }

    @Test
    void textsAreReadBackEqual() {
        var texts = List.of("attest:*", "read", "sign:qa", "submit", "tag:release", "work");
        assertEquals(texts, Scopes.parse(texts.reversed()).texts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sign",
                "sign:",
                "sign:**",
                "sign:QA",
                "sign:q*",
                "read:qa",
                "read:*",
                "work:*",
                "submit:qa",
                "READ",
                "admin",
                "sign:qa "
            })
    void otherTextsAreMalformed(String text) {
        assertThrows(MalformedException.class, () -> Scope.parse(text));
    }

    @Test
    void numbersHaveLimits() {
        var most = IntStream.range(0, Scopes.SCOPES_MAX)
                .mapToObj(i -> "sign:a" + i)
                .toList();
        assertEquals(Scopes.SCOPES_MAX, Scopes.parse(most).all().size());
        var more = IntStream.rangeClosed(0, Scopes.SCOPES_MAX)
                .mapToObj(i -> "sign:a" + i)
                .toList();
        assertThrows(MalformedException.class, () -> Scopes.parse(more));
        assertThrows(MalformedException.class, () -> Scopes.parse(List.of()));
        assertThrows(MalformedException.class, () -> Scopes.parse(Collections.nCopies(2, "read")));
    }
}
