// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.request;

import static dev.chancery.store.Sample.append;
import static dev.chancery.store.Sample.bare;
import static dev.chancery.store.Sample.sha256;
import static dev.chancery.store.Sample.submission;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Digest;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Requester;
import dev.chancery.store.Sample;
import dev.chancery.store.StoreContract;
import dev.chancery.store.ledger.Appended;
import dev.chancery.store.ledger.Item;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Requests that are made again.
class RequestsTest extends StoreContract {
    private static final RequestKey KEY = new RequestKey(new Requester("token:ci"), "key 1");
    private static final Digest HASH = sha256("what was asked");
    private static final Appended LAPSED = new Appended.Lapsed();

    private Claim begin() {
        return assertInstanceOf(Begun.Fresh.class, store.requests().begin(KEY, HASH))
                .claim();
    }

    private Appended answer(Claim claim, String leaf) {
        return store.ledger().append(List.of(submission(claim, bare(leaf)))).getFirst();
    }

    @Test
    void anAnswerIsGivenAgain() {
        append(store.ledger(), bare("a"));
        var claim = begin();
        assertEquals(new Begun.InProgress(), store.requests().begin(KEY, HASH));
        var items = submission(claim, bare("b"), new Item.Failed("{\"status\":403}"), bare("a"));
        List<Outcome> outcomes = List.of(
                new Outcome.Logged(1, false), new Outcome.Failed("{\"status\":403}"), new Outcome.Logged(0, true));
        assertEquals(List.of(new Appended.Done(outcomes)), store.ledger().append(List.of(items)));
        assertEquals(new Begun.Answered(outcomes), store.requests().begin(KEY, HASH));
        assertEquals(
                new Begun.Answered(outcomes), another("server-2").requests().begin(KEY, HASH));
    }

    @Test
    void anotherRequestUnderTheSameKeyIsDifferent() {
        var claim = begin();
        assertEquals(new Begun.Different(), store.requests().begin(KEY, sha256("something else")));
        answer(claim, "a");
        assertEquals(new Begun.Different(), store.requests().begin(KEY, sha256("something else")));
        var other = new RequestKey(new Requester("token:other"), KEY.key());
        assertInstanceOf(Begun.Fresh.class, store.requests().begin(other, HASH));
    }

    @Test
    void anAbandonedRequestBeginsAnew() {
        var first = begin();
        assertTrue(store.requests().abandon(first));
        assertFalse(store.requests().abandon(first));
        var second = assertInstanceOf(Begun.Fresh.class, store.requests().begin(KEY, sha256("something else")));
        assertEquals(LAPSED, answer(first, "a"));
        assertEquals(0, store.ledger().size());
        assertInstanceOf(Appended.Done.class, answer(second.claim(), "b"));
    }

    @Test
    void aClaimLapsesWithItsLease() {
        var first = begin();
        watch.move(Requests.LEASE.minusMillis(1));
        assertEquals(new Begun.InProgress(), store.requests().begin(KEY, HASH));
        watch.move(Duration.ofMillis(1));
        var second = begin();
        assertEquals(LAPSED, answer(first, "a"));
        assertFalse(store.requests().abandon(first));
        assertFalse(store.requests().renew(first));
        assertInstanceOf(Appended.Done.class, answer(second, "a"));
        assertEquals(LAPSED, answer(first, "a"));
        assertEquals(1, store.ledger().size());
    }

    @Test
    void aLeaseIsRenewedByWhoLives() {
        var claim = begin();
        watch.move(Requests.LEASE.minusMillis(1));
        assertTrue(store.requests().renew(claim));
        watch.move(Requests.LEASE.minusMillis(1));
        assertEquals(new Begun.InProgress(), store.requests().begin(KEY, HASH));
        answer(claim, "a");
        assertFalse(store.requests().renew(claim));
    }

    @Test
    void aClaimThatNobodyWantedOutlivesItsLease() {
        var claim = begin();
        watch.move(Requests.LEASE.multipliedBy(10));
        assertInstanceOf(Appended.Done.class, answer(claim, "a"));
    }

    @Test
    void aClockThatWasSetBackHoldsNobodyUp() {
        begin();
        watch.move(Requests.LEASE.negated());
        begin();
    }

    @Test
    void aServerThatStartedAgainTakesOverAtOnce() {
        var lost = begin();
        var other = another("server-2");
        assertEquals(new Begun.InProgress(), other.requests().begin(KEY, HASH));
        var restarted = another("server-1");
        var claim = assertInstanceOf(Begun.Fresh.class, restarted.requests().begin(KEY, HASH))
                .claim();
        assertEquals(LAPSED, answer(lost, "a"));
        assertInstanceOf(Appended.Done.class, answer(claim, "a"));
    }

    @Test
    void whoDoesNotKnowWhetherItWasAppendedAppendsItAgain() {
        var claim = begin();
        var first = answer(claim, "a");
        assertEquals(first, answer(claim, "a"));
        assertEquals(1, store.ledger().size());
    }

    @Test
    void aBatchAnswersARequestOnce() {
        var claim = begin();
        var twice = List.of(submission(claim, bare("a")), submission(claim, bare("b")));
        assertThrows(MalformedException.class, () -> store.ledger().append(twice));
        assertEquals(0, store.ledger().size());
        assertInstanceOf(Appended.Done.class, answer(claim, "a"));
    }

    @Test
    void aClaimThatLapsedHoldsUpNoOtherSubmission() {
        var lapsed = begin();
        watch.move(Requests.LEASE);
        begin();
        var batch = List.of(submission(bare("a")), submission(lapsed, bare("b")), submission(bare("c")));
        var appended = store.ledger().append(batch);
        assertEquals(LAPSED, appended.get(1));
        assertEquals(new Appended.Done(List.of(new Outcome.Logged(1, false))), appended.get(2));
    }

    @Test
    void ofThoseWhoBeginAtOnceOneMay() throws Exception {
        var other = another("server-2");
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 5; round++) {
                var key = new RequestKey(KEY.requester(), "round " + round);
                Callable<Begun> here = () -> store.requests().begin(key, HASH);
                Callable<Begun> there = () -> other.requests().begin(key, HASH);
                var begun = threads
                        .invokeAll(Stream.generate(() -> List.of(here, there))
                                .limit(4)
                                .flatMap(List::stream)
                                .toList())
                        .stream()
                        .map(Future::resultNow)
                        .toList();
                assertEquals(
                        1, begun.stream().filter(Begun.Fresh.class::isInstance).count());
                assertEquals(
                        7,
                        begun.stream()
                                .filter(Begun.InProgress.class::isInstance)
                                .count());
            }
        }
    }

    @Test
    void forgettingLeavesTheLog() {
        answer(begin(), "a");
        watch.move(Requests.RETENTION);
        assertEquals(0, store.requests().forgetBefore(Sample.NOW));
        assertThrows(MalformedException.class, () -> store.requests().forgetBefore(Sample.NOW.plusMillis(1)));
        watch.move(Duration.ofMillis(1));
        assertEquals(1, store.requests().forgetBefore(Sample.NOW.plusMillis(1)));
        assertEquals(1, store.ledger().size());
        begin();
    }

    @Test
    void keysAreShortAndPrintable() {
        var requester = KEY.requester();
        var longest = new RequestKey(requester, "~".repeat(RequestKey.CHARACTERS_MAX));
        assertInstanceOf(Begun.Fresh.class, store.requests().begin(longest, HASH));
        for (var wrong : List.of("", "~".repeat(RequestKey.CHARACTERS_MAX + 1), "\u007f", "ä", "\n")) {
            assertThrows(MalformedException.class, () -> new RequestKey(requester, wrong));
        }
        assertThrows(MalformedException.class, () -> new Outcome.Failed(""));
        assertThrows(MalformedException.class, () -> new Outcome.Failed("\0"));
        assertThrows(MalformedException.class, () -> new Outcome.Failed("x".repeat(Outcome.Failed.CHARACTERS_MAX + 1)));
        assertThrows(MalformedException.class, () -> new Instance("Server"));
        assertThrows(MalformedException.class, () -> new Instance("s".repeat(Instance.CHARACTERS_MAX + 1)));
        assertEquals(
                64, new Instance("s".repeat(Instance.CHARACTERS_MAX)).name().length());
    }

    @Test
    void theLargestProblemIsKept() {
        var problem = "ä".repeat(Outcome.Failed.CHARACTERS_MAX);
        store.ledger().append(List.of(submission(begin(), new Item.Failed(problem))));
        assertEquals(
                new Begun.Answered(List.of(new Outcome.Failed(problem))),
                store.requests().begin(KEY, HASH));
    }
}
