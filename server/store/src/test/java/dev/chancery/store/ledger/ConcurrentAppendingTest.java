// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import static dev.chancery.store.Sample.bare;
import static dev.chancery.store.Sample.submission;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.chancery.core.Bytes;
import dev.chancery.store.Store;
import dev.chancery.store.StoreContract;
import dev.chancery.store.request.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Two servers append to one store at once.
class ConcurrentAppendingTest extends StoreContract {
    private static final int BATCHES = 25;
    /// Each leaf is appended about twice, by different threads.
    private static final int LEAVES = 200;

    @Test
    void indexesHaveNoGapsAndLeavesOneEntryEach() throws Exception {
        var indexes = new ConcurrentHashMap<String, Long>();
        var first = new AtomicInteger();
        var threads = new ArrayList<Callable<Integer>>();
        int number = 0;
        for (var server : List.of(store, another("server-2"))) {
            for (int thread = 0; thread < 2; thread++) {
                int seed = number++;
                threads.add(() -> appendAll(server, seed, indexes, first));
            }
        }
        try (var pool = Executors.newFixedThreadPool(threads.size())) {
            for (var done : pool.invokeAll(threads)) {
                assertEquals(BATCHES, done.get());
            }
        }
        assertEquals(indexes.size(), first.get());
        assertEquals(indexes.size(), store.ledger().size());
        var seen = new HashSet<Bytes>();
        store.ledger().hashes(0, indexes.size(), (index, hash) -> seen.add(hash));
        assertEquals(indexes.size(), seen.size());
        for (Map.Entry<String, Long> known : indexes.entrySet()) {
            var entry = store.ledger().entry(known.getValue()).orElseThrow();
            assertEquals(bare(known.getKey()).leaf(), entry.leaf());
        }
    }

    private static int appendAll(Store server, int seed, Map<String, Long> indexes, AtomicInteger first) {
        for (int batch = 0; batch < BATCHES; batch++) {
            var names = new ArrayList<String>();
            for (int i = 0; i < 1 + batch % 5; i++) {
                names.add("leaf " + (seed * 37 + batch * 5 + i) % LEAVES);
            }
            var items = names.stream().map(name -> (Item) bare(name)).toArray(Item[]::new);
            var appended = server.ledger().append(List.of(submission(items))).getFirst();
            var outcomes = assertInstanceOf(Appended.Done.class, appended).outcomes();
            for (int i = 0; i < names.size(); i++) {
                var logged = assertInstanceOf(Outcome.Logged.class, outcomes.get(i));
                first.addAndGet(logged.repeated() ? 0 : 1);
                var known = indexes.putIfAbsent(names.get(i), logged.index());
                assertEquals(logged.index(), known == null ? logged.index() : known);
            }
        }
        return BATCHES;
    }
}
