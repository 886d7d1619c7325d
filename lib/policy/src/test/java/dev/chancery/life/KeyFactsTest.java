// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// States as they follow from facts and a time, on both sides of every moment.
class KeyFactsTest {
    private static final Cycle CYCLE = Samples.CYCLE;
    private static final Instant PUBLISHED = CYCLE.publicationDue();
    private static final Instant ACTIVATED = CYCLE.start();
    private static final Instant RELEASED = CYCLE.end();
    private static final Ledger.Uses USED =
            Ledger.Uses.NONE.published(PUBLISHED).activated(ACTIVATED).released(RELEASED);
    private static final KeyFacts KEY = new KeyFacts(Optional.of(CYCLE.expiry()), Optional.empty(), true, USED);

    @Test
    void aKeyGoesThroughItsLifeByTheClockAlone() {
        assertTurn(KeyState.CERTIFIED, KeyState.PUBLISHED, PUBLISHED, KEY);
        assertTurn(KeyState.PUBLISHED, KeyState.ACTIVE, ACTIVATED, KEY);
        assertTurn(KeyState.ACTIVE, KeyState.DRAINING, RELEASED, KEY);
        assertTurn(KeyState.DRAINING, KeyState.EXPIRED, CYCLE.expiry(), KEY);
    }

    @Test
    void withoutCertificationsItIsPlanned() {
        var uncertified = new KeyFacts(Optional.empty(), Optional.empty(), false, Ledger.Uses.NONE);
        assertEquals(KeyState.PLANNED, uncertified.state(ACTIVATED));
    }

    @Test
    void aSoftRevocationCountsFromItsMomentOn() {
        var at = ACTIVATED.plusSeconds(5);
        assertTurn(KeyState.ACTIVE, KeyState.RETIRED, at, KEY.revoked(new Revocation(at, false)));
    }

    @Test
    void aHardRevocationCountsAlways() {
        var revoked = KEY.revoked(new Revocation(RELEASED, true));
        assertEquals(KeyState.COMPROMISED, revoked.state(PUBLISHED));
        assertEquals(KeyState.COMPROMISED, revoked.state(CYCLE.expiry()));
    }

    @Test
    void aRetiredKeyStaysRetiredAfterItsEnd() {
        var revoked = KEY.revoked(new Revocation(RELEASED, false));
        assertEquals(KeyState.RETIRED, revoked.state(CYCLE.expiry()));
    }

    @Test
    void anExtensionBringsAnExpiredKeyBack() {
        var extended = KEY.expiring(Optional.of(CYCLE.expiry().plusSeconds(1)));
        assertEquals(KeyState.DRAINING, extended.state(CYCLE.expiry()));
    }

    private static void assertTurn(KeyState before, KeyState after, Instant at, KeyFacts facts) {
        assertEquals(before, facts.state(at.minusSeconds(1)));
        assertEquals(after, facts.state(at));
    }

    @Test
    void aNextKeyHasToBePublishedForTheOverlap() {
        var late = CYCLE.start().minusSeconds(1);
        var facts = KEY.used(Ledger.Uses.NONE.published(late));
        var activation = new Activation(CYCLE, facts, Optional.of(KeyState.ACTIVE));
        var due = late.plus(CYCLE.overlap());
        assertEquals(due, activation.earliest());
        assertRefused("key-overlap", activation, due.minusSeconds(1));
        assertDoesNotThrow(() -> activation.require(due, "key"));
    }

    @Test
    void aNextKeyWaitsForItsCycle() {
        var early = CYCLE.publicationDue().minus(Duration.ofDays(30));
        var facts = KEY.used(Ledger.Uses.NONE.published(early));
        var activation = new Activation(CYCLE, facts, Optional.of(KeyState.DRAINING));
        assertRefused("key-overlap", activation, CYCLE.start().minusSeconds(1));
        assertDoesNotThrow(() -> activation.require(CYCLE.start(), "key"));
    }

    @Test
    void aKeyWithNothingToOverlapWithSignsAtOnce() {
        var facts = KEY.used(Ledger.Uses.NONE.published(ACTIVATED));
        for (var last : List.of(
                Optional.<KeyState>empty(),
                Optional.of(KeyState.COMPROMISED),
                Optional.of(KeyState.RETIRED),
                Optional.of(KeyState.EXPIRED))) {
            assertDoesNotThrow(() -> new Activation(CYCLE, facts, last).require(ACTIVATED, "key"));
        }
    }

    @Test
    void aKeyThatSignedBeforeGoesBackAtOnce() {
        var activation = new Activation(CYCLE, KEY, Optional.of(KeyState.ACTIVE));
        assertDoesNotThrow(() -> activation.require(RELEASED, "key"));
    }

    @Test
    void whatIsNotPublishedOrOverIsNotActivated() {
        var planned = KEY.used(Ledger.Uses.NONE);
        assertRefused("key-state", new Activation(CYCLE, planned, Optional.empty()), ACTIVATED);
        assertRefused("key-state", new Activation(CYCLE, KEY, Optional.empty()), CYCLE.expiry());
        assertRefused("key-state", new Activation(CYCLE, KEY, Optional.empty()), ACTIVATED);
        var revoked = KEY.revoked(new Revocation(PUBLISHED, false));
        assertRefused("key-state", new Activation(CYCLE, revoked, Optional.empty()), ACTIVATED);
    }

    @Test
    void aPublishedKeyWithoutCertificationsIsNotActivated() {
        var facts = new KeyFacts(Optional.empty(), Optional.empty(), false, Ledger.Uses.NONE.published(PUBLISHED));
        assertRefused("key-certification", new Activation(CYCLE, facts, Optional.empty()), ACTIVATED);
    }

    private static void assertRefused(String rule, Activation activation, Instant now) {
        var refusal = assertThrows(RefusedException.class, () -> activation.require(now, "key"));
        assertEquals(rule, refusal.rule());
    }
}
