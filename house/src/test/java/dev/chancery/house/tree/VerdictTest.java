// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Breach BREACH = Breach.of("rule", "lib/core/Word.java", "It is wrong: correct it.");

    @Test
    void whoExaminedNothingIsNotInnocent() {
        var error = assertThrows(AssertionError.class, new Verdict(0, List.of())::requireInnocent);
        assertTrue(error.toString().contains("examined nothing"));
    }

    @Test
    void aBreachIsShownInFull() {
        var error = assertThrows(AssertionError.class, new Verdict(1, List.of(BREACH))::requireInnocent);
        assertTrue(error.toString().endsWith("[rule] lib/core/Word.java: It is wrong: correct it."));
    }

    @Test
    void guiltNeedsEachCulpritAndNoOther() {
        var verdict = new Verdict(1, List.of(BREACH));
        verdict.requireGuilty("Word.java");
        assertThrows(AssertionError.class, () -> verdict.requireGuilty("Digest.java"));
        assertThrows(AssertionError.class, verdict::requireGuilty);
        assertThrows(AssertionError.class, () -> verdict.requireGuilty("Word.java", "core"));
    }

    @Test
    void twoVerdictsAddUp() {
        var both = new Verdict(1, List.of(BREACH)).and(new Verdict(2, List.of()));
        assertEquals(new Verdict(3, List.of(BREACH)), both);
    }
}
