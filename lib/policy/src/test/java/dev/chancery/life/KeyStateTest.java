// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.RefusedException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What may follow what, each of the 64 pairs.
class KeyStateTest {
    /// A row for each state, a column for what may follow it, both in the order of the enum; `x` is yes.
    private static final List<String> MAY_FOLLOW = List.of(
            // pl ce pu ac dr ex re co
            ". x . . . x x x", // planned
            "x . x . . x x x", // certified
            ". . . x . x x x", // published
            ". . . . x x x x", // active
            ". . . x . x x x", // draining
            ". . . x x . . x", // expired
            ". . . . . . . x", // retired
            ". . . . . . . ."); // compromised

    @Test
    void theTableIsTheTable() {
        var rows = Stream.of(KeyState.values())
                .map(state -> String.join(
                        " ",
                        Stream.of(KeyState.values())
                                .map(next -> state.mayBecome(next) ? "x" : ".")
                                .toList()))
                .toList();
        assertEquals(MAY_FOLLOW, rows);
    }

    @ParameterizedTest
    @EnumSource
    void whatMayNotFollowIsRefusedByName(KeyState state) {
        for (var next : KeyState.values()) {
            if (state.mayBecome(next)) {
                assertDoesNotThrow(() -> state.requireBecoming(next, "key 2027a of qa"));
            } else {
                var refusal =
                        assertThrows(RefusedException.class, () -> state.requireBecoming(next, "key 2027a of qa"));
                assertEquals("key-state", refusal.rule());
                assertEquals(
                        "key 2027a of qa is %s and does not become %s".formatted(state.label(), next.label()),
                        refusal.sentence());
            }
        }
    }

    @Test
    void aCompromisedKeyNeverComesBack() {
        assertEquals(0, KeyState.COMPROMISED.successors().size());
    }
}
