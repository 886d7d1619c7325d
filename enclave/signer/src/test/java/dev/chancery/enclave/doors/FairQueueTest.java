// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Requester;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private static final Requester ALICE = new Requester("unix:alice");
    private static final Requester BOB = new Requester("unix:bob");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private FairQueue<String> queue(int width, int ofOne) {
        return new FairQueue<>(threads, new FairQueue.Width(width, ofOne));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void requestersTakeTurns() {
        var queue = queue(1, 1);
        var go = new CountDownLatch(1);
        var finished = new CountDownLatch(1);
        queue.add("key", ALICE, () -> await(go));
        for (int i = 1; i <= 100; i++) {
            String name = "alice " + i;
            queue.add("key", ALICE, () -> done.add(name));
        }
        queue.add("key", BOB, () -> done.add("bob 1"));
        queue.add("key", BOB, () -> done.add("bob 2"));
        queue.add("key", BOB, finished::countDown);
        go.countDown();
        await(finished);
        assertTrue(done.indexOf("bob 1") <= 1 && done.indexOf("bob 2") <= 3, done.toString());
        assertEquals(
                "alice 1",
                done.stream()
                        .filter(name -> name.startsWith("alice"))
                        .findFirst()
                        .orElseThrow());
    }

    /// "a slow HSM key does not hold up another".
    @Test
    void aSlowLaneHoldsUpNoOther() {
        var queue = queue(2, 2);
        var release = new CountDownLatch(1);
        for (int i = 0; i < 10; i++) {
            queue.add("slow", ALICE, () -> await(release));
        }
        var finished = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            queue.add("fast", ALICE, finished::countDown);
        }
        await(finished);
        release.countDown();
    }

    /// One requester's work never takes all threads of a lane.
    @Test
    void aShareOfALaneIsLeftForOthers() {
        var queue = queue(3, 2);
        var release = new CountDownLatch(1);
        var others = new CountDownLatch(1);
        for (int i = 0; i < 10; i++) {
            queue.add("streams", ALICE, () -> await(release));
        }
        queue.add("streams", BOB, others::countDown);
        await(others);
        assertFalse(release.getCount() == 0);
        release.countDown();
    }

    @Test
    void everythingIsDoneOnceAndNoMoreAtATimeThanThereMayBe() {
        var queue = queue(4, 3);
        int works = 2_000;
        var finished = new CountDownLatch(works);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        for (int i = 0; i < works; i++) {
            queue.add("key", i % 3 == 0 ? BOB : ALICE, () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                now.decrementAndGet();
                finished.countDown();
            });
        }
        await(finished);
        assertTrue(most.get() <= 4, most.toString());
    }

    @Test
    void workThatThrowsDoesNotEndTheLane() {
        var queue = queue(1, 1);
        var finished = new CountDownLatch(1);
        queue.add("key", ALICE, () -> {
            throw new IllegalStateException("a bug");
        });
        queue.add("key", ALICE, finished::countDown);
        await(finished);
    }
}
