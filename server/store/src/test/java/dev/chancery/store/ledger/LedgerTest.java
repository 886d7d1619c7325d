// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import static dev.chancery.store.Sample.append;
import static dev.chancery.store.Sample.bare;
import static dev.chancery.store.Sample.bytes;
import static dev.chancery.store.Sample.entry;
import static dev.chancery.store.Sample.sha256;
import static dev.chancery.store.Sample.signature;
import static dev.chancery.store.Sample.submission;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.Sample;
import dev.chancery.store.StoreContract;
import dev.chancery.store.request.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Appending, and reading what was appended.
class LedgerTest extends StoreContract {

    @Test
    void anEntryIsReadAsItWasAppended() {
        var ledger = store.ledger();
        var added = signature("qa", "core.jar");
        var whole = new Entry(
                0,
                Sample.NOW,
                added.leafHash(),
                added.leaf(),
                added.facts(),
                added.subjects(),
                sha256("blob of leaf of qa over core.jar"));
        assertEquals(List.of(0L), append(ledger, added));
        assertEquals(Optional.of(whole), ledger.entry(0));
        assertEquals(Optional.of(whole), ledger.byLeafHash(added.leafHash()));
        assertEquals(Optional.of(added.blob()), ledger.blob(whole.blob()));
    }

    @Test
    void anEntryMayHaveNoFactsAndManySubjects() {
        var subjects = new ArrayList<Subject>();
        for (int i = 0; i < NewEntry.SUBJECTS_MAX; i++) {
            subjects.add(new Subject(
                    sha256("artifact " + i), Optional.empty(), new ArtifactName("ä" + i), Optional.empty()));
        }
        var added = entry("leaf", bare("").facts(), subjects);
        append(store.ledger(), bare("other"), added);
        var read = store.ledger().entry(1).orElseThrow();
        assertEquals(added.facts(), read.facts());
        assertEquals(subjects, read.subjects());
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertEquals(0, store.ledger().size());
        assertEquals(Optional.empty(), store.ledger().entry(0));
        assertEquals(Optional.empty(), store.ledger().byLeafHash(Leaf.hash(bytes("x"))));
        assertEquals(Optional.empty(), store.ledger().blob(sha256("x")));
        assertEquals(List.of(), store.ledger().append(List.of()));
    }

    @Test
    void indexesFollowTheOrderOfTheBatch() {
        assertEquals(List.of(0L, 1L, 2L), append(store.ledger(), bare("a"), bare("b"), bare("c")));
        assertEquals(List.of(3L, 4L), append(store.ledger(), bare("d"), bare("e")));
        assertEquals(5, store.ledger().size());
    }

    @Test
    void aLeafThatIsThereGetsNoSecondEntry() {
        append(store.ledger(), bare("a"), bare("b"));
        var batch =
                List.of(submission(bare("c"), bare("b")), submission(new Item.Failed("{}"), bare("c")), submission());
        var expected = List.of(
                new Appended.Done(List.of(new Outcome.Logged(2, false), new Outcome.Logged(1, true))),
                new Appended.Done(List.of(new Outcome.Failed("{}"), new Outcome.Logged(2, true))),
                new Appended.Done(List.of()));
        assertEquals(expected, store.ledger().append(batch));
        assertEquals(3, store.ledger().size());
    }

    @Test
    void aBlobOfTwoEntriesIsKeptOnce() {
        var one = bare("a");
        var two = new NewEntry(Leaf.hash(bytes("b")), bytes("b"), one.facts(), List.of(), one.blob());
        append(store.ledger(), one, two);
        assertEquals(
                store.ledger().entry(0).orElseThrow().blob(),
                store.ledger().entry(1).orElseThrow().blob());
    }

    @Test
    void theTimeOfAnEntryNeverGoesBack() {
        append(store.ledger(), bare("a"));
        watch.move(Duration.ofHours(-1));
        append(store.ledger(), bare("b"));
        assertEquals(Sample.NOW, store.ledger().entry(1).orElseThrow().logged());
        watch.move(Duration.ofHours(2));
        append(store.ledger(), bare("c"));
        assertEquals(
                Sample.NOW.plusSeconds(3600),
                store.ledger().entry(2).orElseThrow().logged());
    }

    @Test
    void leavesAndHashesAreShownInOrder() {
        var items = new ArrayList<Item>();
        for (int i = 0; i < 600; i++) {
            items.add(bare("leaf " + i));
        }
        append(store.ledger(), items.toArray(Item[]::new));
        var leaves = new ArrayList<Bytes>();
        var hashes = new ArrayList<Bytes>();
        store.ledger().leaves(100, 600, (index, hash, leaf) -> {
            assertEquals(100 + leaves.size(), index);
            assertEquals(Leaf.hash(leaf), hash);
            leaves.add(leaf);
        });
        store.ledger().hashes(0, 600, (index, hash) -> hashes.add(hash));
        assertEquals(bytes("leaf 599"), leaves.getLast());
        assertEquals(500, leaves.size());
        assertEquals(600, hashes.size());
        assertThrows(UnavailableException.class, () -> store.ledger().hashes(0, 601, (index, hash) -> {}));
    }

    @Test
    void eachLimitHoldsAndNoMore() {
        var facts = bare("a").facts();
        var longest = Bytes.of(new byte[NewEntry.LEAF_BYTES_MAX]);
        var largest = Bytes.of(new byte[NewEntry.BLOB_BYTES_MAX]);
        append(store.ledger(), new NewEntry(Leaf.hash(longest), longest, facts, List.of(), largest));
        assertEquals(Optional.of(largest), store.ledger().blob(Leaf.digest(largest.toArray())));
        var longer = Bytes.of(new byte[NewEntry.LEAF_BYTES_MAX + 1]);
        assertThrows(
                MalformedException.class, () -> new NewEntry(Leaf.hash(longer), longer, facts, List.of(), largest));
        var larger = Bytes.of(new byte[NewEntry.BLOB_BYTES_MAX + 1]);
        assertThrows(
                MalformedException.class, () -> new NewEntry(Leaf.hash(longest), longest, facts, List.of(), larger));
        var subject = signature("qa", "a").subjects().getFirst();
        assertThrows(
                MalformedException.class,
                () -> entry("a", facts, Collections.nCopies(NewEntry.SUBJECTS_MAX + 1, subject)));
        var many = Collections.nCopies(Ledger.BATCH_ENTRIES_MAX + 1, (Item) bare("a"));
        assertThrows(
                MalformedException.class, () -> store.ledger().append(List.of(submission(many.toArray(Item[]::new)))));
        assertThrows(MalformedException.class, () -> Page.first(0));
        assertThrows(MalformedException.class, () -> Page.first(Page.ENTRIES_MAX + 1));
    }

    @Test
    void aHashThatIsNotTheLeafsIsMalformed() {
        var other = Leaf.hash(bytes("other"));
        var e = assertThrows(
                MalformedException.class,
                () -> new NewEntry(other, bytes("leaf"), bare("").facts(), List.of(), bytes("blob")));
        assertEquals("leaf hash \"" + other + "\" is not that of the leaf", e.sentence());
    }
}
