// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.Sample;
import dev.chancery.store.StoreContract;
import dev.chancery.store.ledger.Page;
import dev.chancery.store.sql.Migrator;
import dev.chancery.store.sql.SqliteDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class JobsTest extends StoreContract {
    private static final Requester CI = new Requester("token:ci");
    private static final Requester ONE = new Requester("token:one");
    private static final Requester TWO = new Requester("token:two");
    private static final Ending DONE = new Ending(Ending.Outcome.DONE, "{}");
    private static final Ending FAILED = new Ending(Ending.Outcome.FAILED, "{\"reason\":\"no network\"}");
    private static final Ending HOPELESS = new Ending(Ending.Outcome.HOPELESS, "{\"reason\":\"no rule\"}");

    private static Order order(String artifact, int priority) {
        return new Order("staging", new ArtifactName(artifact), priority);
    }

    private Job submit(String artifact) {
        return store.jobs().submit(order(artifact, 5), CI).job();
    }

    private Job leased(Requester worker) {
        return store.jobs().lease(worker, Jobs.LEASE).orElseThrow();
    }

    private Job.State state(Job job) {
        return store.jobs().find(job.id()).orElseThrow().state();
    }

    @Test
    void aJobIsTakenByOneAndDone() {
        var job = submit("a.zip");
        assertEquals(1, job.id());
        assertEquals(order("a.zip", 5), job.order());
        assertEquals(CI, job.submitter());
        assertEquals(Sample.NOW, job.submitted());
        var taken = leased(ONE);
        assertEquals(1, taken.id());
        assertEquals(1, taken.attempts());
        assertEquals(Optional.of(ONE), taken.worker());
        assertEquals(Sample.NOW.plus(Jobs.LEASE), taken.due());
        assertEquals(Optional.empty(), store.jobs().lease(TWO, Jobs.LEASE));
        assertEquals(Optional.empty(), store.jobs().end(taken.lease(), TWO, DONE));
        var done = store.jobs().end(taken.lease(), ONE, DONE).orElseThrow();
        assertEquals(Job.State.DONE, done.state());
        assertEquals(Optional.of("{}"), done.report());
        assertEquals(Optional.of(done), store.jobs().end(taken.lease(), ONE, FAILED), "said again, it is as it was");
        assertEquals(Optional.empty(), store.jobs().lease(TWO, Jobs.LEASE));
        assertEquals(Optional.empty(), store.jobs().find(2));
    }

    @Test
    void theHighestPriorityGoesFirstAndThenTheFirst() {
        for (int i = 0; i < 3; i++) {
            store.jobs().submit(order("low" + i, 0), CI);
            store.jobs().submit(order("high" + i, 9), CI);
        }
        store.jobs().submit(order("low2", 8), CI);
        var taken = new ArrayList<String>();
        for (var job = store.jobs().lease(ONE, Jobs.LEASE);
                job.isPresent();
                job = store.jobs().lease(ONE, Jobs.LEASE)) {
            taken.add(job.get().order().artifact().text());
        }
        assertEquals(List.of("high0", "high1", "high2", "low2", "low0", "low1"), taken);
    }

    @Test
    void anArtifactHasOneJobAtATime() {
        var first = store.jobs().submit(order("a.zip", 3), CI);
        assertTrue(first.added());
        var again = store.jobs().submit(order("a.zip", 7), ONE);
        assertFalse(again.added());
        assertEquals(first.job().id(), again.job().id());
        assertEquals(7, again.job().order().priority());
        assertEquals(7, store.jobs().submit(order("a.zip", 1), CI).job().order().priority());
        var taken = leased(ONE);
        assertFalse(store.jobs().submit(order("a.zip", 5), CI).added());
        store.jobs().end(taken.lease(), ONE, DONE);
        assertTrue(store.jobs().submit(order("a.zip", 5), CI).added());
        var elsewhere = new Order("other", new ArtifactName("a.zip"), 5);
        assertTrue(store.jobs().submit(elsewhere, CI).added());
    }

    @Test
    void aLeaseThatEndedIsAnothersAndTheFirstMaySayNothingAnyMore() {
        submit("a.zip");
        var slow = leased(ONE);
        watch.move(Jobs.LEASE.minusMillis(1));
        assertTrue(store.jobs().extend(slow.lease(), ONE, Jobs.LEASE));
        assertFalse(store.jobs().extend(slow.lease(), TWO, Jobs.LEASE));
        watch.move(Jobs.LEASE.minusMillis(1));
        assertEquals(Optional.empty(), store.jobs().lease(TWO, Jobs.LEASE));
        watch.move(Duration.ofMillis(1));
        var second = leased(TWO);
        assertEquals(2, second.attempts());
        assertFalse(store.jobs().extend(slow.lease(), ONE, Jobs.LEASE));
        assertEquals(Optional.empty(), store.jobs().end(slow.lease(), ONE, DONE));
        assertEquals(Job.State.LEASED, state(second));
        assertTrue(store.jobs().end(second.lease(), TWO, DONE).isPresent());
        assertFalse(store.jobs().extend(second.lease(), TWO, Jobs.LEASE));
    }

    @Test
    void aJobThatFailsWaitsTwiceAsLongEachTimeAndIsDeadInTheEnd() {
        var job = submit("a.zip");
        var wait = Jobs.FIRST_WAIT;
        for (int attempt = 1; attempt < Jobs.ATTEMPTS_MAX; attempt++) {
            assertEquals(
                    Job.State.WAITING,
                    store.jobs()
                            .end(leased(ONE).lease(), ONE, FAILED)
                            .orElseThrow()
                            .state());
            watch.move(wait.minusMillis(1));
            assertEquals(Optional.empty(), store.jobs().lease(ONE, Jobs.LEASE));
            watch.move(Duration.ofMillis(1));
            wait = wait.multipliedBy(2);
        }
        var dead = store.jobs().end(leased(ONE).lease(), ONE, FAILED).orElseThrow();
        assertEquals(Job.State.DEAD, dead.state());
        assertEquals(Optional.of("{\"reason\":\"no network\"}"), dead.report());
        watch.move(Duration.ofDays(1));
        assertEquals(Optional.empty(), store.jobs().lease(ONE, Jobs.LEASE));
        var again = store.jobs().retry(job.id()).orElseThrow();
        assertEquals(Job.State.WAITING, again.state());
        assertEquals(0, again.attempts());
        assertEquals(1, leased(TWO).attempts());
        assertEquals(
                Job.State.LEASED, store.jobs().retry(job.id()).orElseThrow().state());
        assertEquals(Optional.empty(), store.jobs().retry(77));
    }

    @Test
    void aJobThatKillsItsWorkersIsDead() {
        var job = submit("bomb.zip");
        submit("after.zip");
        for (int attempt = 1; attempt <= Jobs.ATTEMPTS_MAX; attempt++) {
            assertEquals(job.id(), leased(ONE).id());
            watch.move(Jobs.LEASE);
        }
        assertEquals("after.zip", leased(TWO).order().artifact().text());
        var dead = store.jobs().find(job.id()).orElseThrow();
        assertEquals(Job.State.DEAD, dead.state());
        assertEquals(
                Optional.of("{\"reason\":\"8 workers took it and never said how it ended, the last one token:one\"}"),
                dead.report());
    }

    @Test
    void whatIsHopelessIsDeadAtOnceAndWaitsForNoOther() {
        var job = submit("a.zip");
        assertEquals(
                Job.State.DEAD,
                store.jobs()
                        .end(leased(ONE).lease(), ONE, HOPELESS)
                        .orElseThrow()
                        .state());
        submit("a.zip");
        var e = assertThrows(RefusedException.class, () -> store.jobs().retry(job.id()));
        assertEquals("job-active", e.rule());
        assertEquals("job 2 is for the same artifact and waiting", e.sentence());
    }

    @Test
    void jobsAreListedAndCountedAndForgotten() {
        for (int i = 0; i < 5; i++) {
            submit("file" + i);
        }
        store.jobs().end(leased(ONE).lease(), ONE, DONE);
        store.jobs().end(leased(ONE).lease(), ONE, HOPELESS);
        leased(ONE);
        assertEquals(
                "{WAITING=2, LEASED=1, DONE=1, DEAD=1}", store.jobs().counts().toString());
        assertEquals(List.of(4L, 5L), ids(Optional.of(Job.State.WAITING), Page.first(10)));
        assertEquals(List.of(1L, 2L), ids(Optional.empty(), Page.first(2)));
        assertEquals(List.of(3L, 4L, 5L), ids(Optional.empty(), Page.after(2, 10)));
        watch.move(Jobs.RETENTION);
        assertEquals(0, store.jobs().forgetBefore(Sample.NOW));
        watch.move(Duration.ofMillis(1));
        assertEquals(2, store.jobs().forgetBefore(Sample.NOW.plusMillis(1)));
        assertEquals(List.of(3L, 4L, 5L), ids(Optional.empty(), Page.first(10)));
        assertThrows(MalformedException.class, () -> store.jobs().forgetBefore(Sample.NOW.plusMillis(2)));
        assertEquals(6, submit("new").id());
    }

    private List<Long> ids(Optional<Job.State> state, Page page) {
        return store.jobs().list(state, page).stream().map(Job::id).toList();
    }

    @Test
    void manyWorkersOfTwoServersTakeEachJobOnce() throws InterruptedException, ExecutionException {
        for (int i = 0; i < 40; i++) {
            submit("file" + i);
        }
        var other = another("server-2");
        var taken = ConcurrentHashMap.<Long>newKeySet();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var all = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 8; i++) {
                var jobs = i % 2 == 0 ? store.jobs() : other.jobs();
                var worker = new Requester("token:worker-" + i);
                all.add(() -> {
                    int count = 0;
                    for (int empty = 0; empty < 3; ) {
                        var job = jobs.lease(worker, Jobs.LEASE);
                        empty += job.isEmpty() ? 1 : 0;
                        if (job.isPresent() && taken.add(job.get().id())) {
                            count++;
                            jobs.end(job.get().lease(), worker, DONE);
                        }
                    }
                    return count;
                });
            }
            int sum = 0;
            for (Future<Integer> done : threads.invokeAll(all)) {
                sum += done.get();
            }
            assertEquals(40, sum);
        }
        assertEquals(
                "{WAITING=0, LEASED=0, DONE=40, DEAD=0}", store.jobs().counts().toString());
    }

    @Test
    void twoServersOrderTheSameOnce() throws InterruptedException, ExecutionException {
        var other = another("server-2");
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<Callable<Long>>();
            for (int i = 0; i < 8; i++) {
                var jobs = i % 2 == 0 ? store.jobs() : other.jobs();
                all.add(() -> jobs.submit(order("same.zip", 5), CI).job().id());
            }
            var ids = new ArrayList<Long>();
            for (Future<Long> one : threads.invokeAll(all)) {
                ids.add(one.get());
            }
            assertEquals(1, ids.stream().distinct().count());
        }
    }

    @Test
    void theQueueTakesSoManyAndNoMore() {
        assertEquals(100_000, Jobs.ACTIVE_MAX);
        try (var bare = SqliteDatabase.open(directory.resolve("few.db"))) {
            new Migrator(bare).up();
            var few = new Jobs(bare, watch, 3);
            for (int i = 0; i < 3; i++) {
                few.submit(order("file" + i, 5), CI);
            }
            var e = assertThrows(UnavailableException.class, () -> few.submit(order("more", 5), CI));
            assertEquals("the queue has 3 jobs, and takes no more", e.sentence());
            assertFalse(few.submit(order("file1", 5), CI).added());
            few.end(few.lease(ONE, Jobs.LEASE).orElseThrow().lease(), ONE, DONE);
            assertTrue(few.submit(order("more", 5), CI).added());
        }
    }

    @Test
    void jobsAreInAnExport() {
        submit("a.zip");
        submit("b.zip");
        store.jobs().end(leased(ONE).lease(), ONE, HOPELESS);
        var export = new ByteArrayOutputStream();
        store.export(export);
        var restored = open(newLocation(), "server-1");
        restored.restore(new ByteArrayInputStream(export.toByteArray()));
        assertEquals(
                store.jobs().list(Optional.empty(), Page.first(10)),
                restored.jobs().list(Optional.empty(), Page.first(10)));
        assertEquals(3, restored.jobs().submit(order("c.zip", 5), CI).job().id());
    }

    @Test
    void aLeaseIsAsLongAsItsWorkerWants() {
        submit("a.zip");
        submit("b.zip");
        assertEquals(
                Sample.NOW.plusSeconds(5),
                store.jobs().lease(ONE, Jobs.LEASE_MIN).orElseThrow().due());
        var longest = store.jobs().lease(ONE, Jobs.LEASE_MAX).orElseThrow();
        assertEquals(Sample.NOW.plusSeconds(600), longest.due());
        assertTrue(store.jobs().extend(longest.lease(), ONE, Jobs.LEASE_MIN));
        for (var wrong : List.of(Jobs.LEASE_MIN.minusMillis(1), Jobs.LEASE_MAX.plusMillis(1))) {
            assertThrows(MalformedException.class, () -> store.jobs().lease(TWO, wrong));
            assertThrows(MalformedException.class, () -> store.jobs().extend(longest.lease(), ONE, wrong));
        }
    }

    @Test
    void anOrderIsAWordANameAndADigit() {
        var name = new ArtifactName("a.zip");
        assertEquals(64, new Order("p".repeat(64), name, 0).place().length());
        assertEquals(9, new Order("a-9", name, 9).priority());
        for (var wrong : List.of("", "p".repeat(65), "A", "a/b", "a b", "-a", "a-", "..")) {
            assertThrows(MalformedException.class, () -> new Order(wrong, name, 5), wrong);
        }
        assertThrows(MalformedException.class, () -> new Order("a", name, -1));
        assertThrows(MalformedException.class, () -> new Order("a", name, 10));
        assertEquals(
                8_192,
                new Ending(Ending.Outcome.DONE, "r".repeat(8_192)).report().length());
        for (var wrong : List.of("", "r".repeat(8_193), "a\0b")) {
            assertThrows(MalformedException.class, () -> new Ending(Ending.Outcome.DONE, wrong));
        }
    }
}
