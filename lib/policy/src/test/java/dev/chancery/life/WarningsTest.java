// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Warnings begin at a moment, not about then.
class WarningsTest {
    private static final Cycle CYCLE = Samples.CYCLE;

    private static List<String> at(Instant now, Ledger.Uses uses, boolean hasNext) {
        var facts = new KeyFacts(Optional.of(CYCLE.expiry()), Optional.empty(), true, uses);
        return Warnings.of(CYCLE, facts, hasNext, now);
    }

    private static void assertBegins(String words, Instant moment, Ledger.Uses uses, boolean hasNext) {
        assertTrue(
                at(moment.minusSeconds(1), uses, hasNext).stream().noneMatch(said -> said.contains(words)),
                () -> words + " too early");
        assertTrue(
                at(moment, uses, hasNext).stream().anyMatch(said -> said.contains(words)),
                () -> words + " not at " + moment);
    }

    @Test
    void aPlannedKeyIsDueTheOverlapBeforeItsCycle() {
        assertBegins("should have been published", CYCLE.publicationDue(), Ledger.Uses.NONE, false);
    }

    @Test
    void aPublishedKeyThatDoesNotSignIsForgotten() {
        var published = Ledger.Uses.NONE.published(CYCLE.publicationDue());
        assertBegins("signs nothing yet", CYCLE.start().plus(CYCLE.overlap()), published, false);
    }

    @Test
    void anActiveKeyTellsOfTheNextOneOfItsCycleAndOfItsEnd() {
        var active = Ledger.Uses.NONE.published(CYCLE.publicationDue()).activated(CYCLE.start());
        assertBegins("no next key", CYCLE.end().minus(CYCLE.overlap()), active, false);
        assertBegins("its cycle ended", CYCLE.end(), active, true);
        // Whole days are counted, and so a day's rest is a part of the last day of the overlap.
        assertBegins("it expires in 30 days", CYCLE.end().minusSeconds(86_399), active, true);
        assertEquals(List.of(), at(CYCLE.end().minusSeconds(86_400), active, true));
    }

    @Test
    void aDrainingKeyIsInOrder() {
        var released = Ledger.Uses.NONE
                .published(CYCLE.publicationDue())
                .activated(CYCLE.start())
                .released(CYCLE.end());
        assertEquals(List.of(), at(CYCLE.expiry().minusSeconds(1), released, true));
        assertEquals(List.of(), at(CYCLE.expiry(), released, true));
    }
}
