// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import static dev.chancery.store.Sample.append;
import static dev.chancery.store.Sample.bare;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.UnavailableException;
import dev.chancery.store.StoreContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What the world is shown.
class PublicationTest extends StoreContract {

    private static String checkpoint(Growth growth) {
        return "checkpoint of " + growth.size();
    }

    private static String unexpected(Growth growth) {
        throw new AssertionError("nothing is new in " + growth);
    }

    @Test
    void anEmptyLogIsPublishedOnce() {
        assertEquals(new Publication(0, Optional.empty()), store.ledger().published());
        var first = new Publication(0, Optional.of("checkpoint of 0"));
        assertEquals(first, store.ledger().publish(PublicationTest::checkpoint));
        assertEquals(first, store.ledger().publish(PublicationTest::unexpected));
    }

    @Test
    void whatIsNewIsPublishedAndStays() {
        append(store.ledger(), bare("a"), bare("b"));
        store.ledger().publish(PublicationTest::checkpoint);
        append(store.ledger(), bare("c"));
        var seen = new ArrayList<Long>();
        store.ledger().publish(growth -> {
            assertEquals(new Publication(2, Optional.of("checkpoint of 2")), growth.published());
            growth.ledger().leaves(growth.published().size(), growth.size(), (index, hash, leaf) -> seen.add(index));
            return checkpoint(growth);
        });
        assertEquals(List.of(2L), seen);
        var published = new Publication(3, Optional.of("checkpoint of 3"));
        assertEquals(published, store.ledger().published());
        assertEquals(published, another("server-2").ledger().publish(PublicationTest::unexpected));
    }

    @Test
    void aPublisherThatFailsLeavesThePublicationAsItWas() {
        append(store.ledger(), bare("a"));
        Publisher failing = growth -> {
            throw new UnavailableException("the disk is full");
        };
        assertThrows(UnavailableException.class, () -> store.ledger().publish(failing));
        assertEquals(new Publication(0, Optional.empty()), store.ledger().published());
        assertEquals(1, store.ledger().publish(PublicationTest::checkpoint).size());
    }

    @Test
    void appendingGoesOnWhileAPublisherWorks() {
        append(store.ledger(), bare("a"));
        var published = store.ledger().publish(growth -> {
            append(growth.ledger(), bare("b"));
            append(another("server-2").ledger(), bare("c"));
            return checkpoint(growth);
        });
        assertEquals(1, published.size());
        assertEquals(3, store.ledger().publish(PublicationTest::checkpoint).size());
    }

    @Test
    void publishersOfAServerTakeTurns() throws Exception {
        append(store.ledger(), bare("a"));
        var working = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var second = threads.submit(() -> {
                assertTrue(working.await(10, TimeUnit.SECONDS));
                return store.ledger().publish(PublicationTest::unexpected);
            });
            var first = store.ledger().publish(growth -> {
                working.countDown();
                return checkpoint(growth);
            });
            assertEquals(first, second.get());
        }
    }

    /// On SQLite the publishers of two processes may work at once; on PostgreSQL the second waits.
    @Test
    void publishersOfTwoServersAgree() throws Exception {
        append(store.ledger(), bare("a"));
        var other = another("server-2");
        var working = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var second = threads.submit(() -> {
                assertTrue(working.await(10, TimeUnit.SECONDS));
                return other.ledger().publish(growth -> "second");
            });
            var first = store.ledger().publish(growth -> {
                working.countDown();
                return "first";
            });
            assertEquals(first, second.get());
            assertEquals(first, store.ledger().published());
        }
    }
}
