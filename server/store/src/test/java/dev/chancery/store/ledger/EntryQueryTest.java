// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import static dev.chancery.store.Sample.append;
import static dev.chancery.store.Sample.bare;
import static dev.chancery.store.Sample.key;
import static dev.chancery.store.Sample.sha256;
import static dev.chancery.store.Sample.signature;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.core.Authority;
import dev.chancery.store.Sample;
import dev.chancery.store.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Finding entries.
class EntryQueryTest extends StoreContract {
    private static final int ENTRIES = 24;
    private static final Duration APART = Duration.ofMinutes(1);
    private static final Authority QA = new Authority("qa");

    /// Each minute an entry: of QA or the release team, over one of three artifacts.
    @BeforeEach
    void appendEntries() {
        for (int i = 0; i < ENTRIES; i++) {
            append(store.ledger(), signature(authority(i), "artifact" + i % 3 + ".jar", i), bare("nothing " + i));
            watch.move(APART);
        }
    }

    private static String authority(int i) {
        return i % 2 == 0 ? "qa" : "release";
    }

    private static Instant minute(int minute) {
        return Sample.NOW.plus(APART.multipliedBy(minute));
    }

    private static List<Long> signatures(Predicate<Integer> wanted) {
        return IntStream.range(0, ENTRIES)
                .boxed()
                .filter(wanted)
                .map(i -> 2L * i)
                .toList();
    }

    private List<Long> found(EntryQuery query) {
        return found(query, 2L * ENTRIES);
    }

    private List<Long> found(EntryQuery query, long size) {
        return indexes(query, Page.first(Page.ENTRIES_MAX), size);
    }

    private List<Long> indexes(EntryQuery query, Page page, long size) {
        return store.ledger().find(query, page, size).stream().map(Entry::index).toList();
    }

    @Test
    void eachConditionFindsItsEntries() {
        var all = EntryQuery.all();
        assertEquals(2 * ENTRIES, found(all).size());
        assertEquals(signatures(i -> i % 2 == 0), found(all.ofAuthority(QA)));
        assertEquals(signatures(i -> i % 2 == 0), found(all.ofKey(key("qa"))));
        assertEquals(signatures(i -> i % 3 == 1), found(all.ofArtifact(sha256("artifact1.jar"))));
        assertEquals(List.of(), found(all.ofArtifact(sha256("artifact3.jar"))));
    }

    @Test
    void allConditionsHoldTogether() {
        var query = EntryQuery.all()
                .ofAuthority(QA)
                .ofKey(key("qa"))
                .ofArtifact(sha256("artifact1.jar"))
                .loggedFrom(minute(5))
                .loggedBefore(minute(20));
        assertEquals(signatures(i -> i % 2 == 0 && i % 3 == 1 && i >= 5 && i < 20), found(query));
        assertEquals(found(query).reversed(), found(query.backwards()));
        assertEquals(List.of(), found(query.ofKey(key("release"))));
    }

    @Test
    void aRangeOfTimeBeginsWithItsFirstMomentAndEndsBeforeItsLast() {
        var qa = EntryQuery.all().ofAuthority(QA);
        assertEquals(signatures(i -> i % 2 == 0 && i >= 4), found(qa.loggedFrom(minute(4))));
        assertEquals(
                signatures(i -> i % 2 == 0 && i > 4),
                found(qa.loggedFrom(minute(4).plusNanos(1_000))));
        assertEquals(signatures(i -> i % 2 == 0 && i < 4), found(qa.loggedBefore(minute(4))));
        assertEquals(
                signatures(i -> i % 2 == 0 && i <= 4),
                found(qa.loggedBefore(minute(4).plusNanos(1_000))));
        assertEquals(List.of(), found(qa.loggedFrom(minute(ENTRIES))));
        assertEquals(List.of(), found(qa.loggedBefore(minute(0))));
        assertEquals(List.of(), found(qa.loggedFrom(Instant.MAX)));
        assertEquals(
                ENTRIES / 2,
                found(qa.loggedFrom(Instant.MIN).loggedBefore(Instant.MAX)).size());
    }

    @Test
    void onlyEntriesBelowTheSizeAreFound() {
        assertEquals(List.of(0L, 4L), found(EntryQuery.all().ofAuthority(QA), 8));
        assertEquals(List.of(4L, 0L), found(EntryQuery.all().ofAuthority(QA).backwards(), 8));
        assertEquals(List.of(0L, 4L, 8L), found(EntryQuery.all().ofAuthority(QA), 9));
        assertEquals(List.of(), found(EntryQuery.all(), 0));
    }

    @Test
    void pagesFollowEachOtherInBothDirections() {
        for (var query : List.of(
                EntryQuery.all().ofAuthority(QA),
                EntryQuery.all().ofAuthority(QA).backwards())) {
            var paged = new ArrayList<Long>();
            var page = Page.first(7);
            for (var part = indexes(query, page, 2 * ENTRIES);
                    !part.isEmpty();
                    part = indexes(query, page, 2 * ENTRIES)) {
                paged.addAll(part);
                page = Page.after(part.getLast(), 7);
            }
            assertEquals(found(query), paged);
        }
    }
}
