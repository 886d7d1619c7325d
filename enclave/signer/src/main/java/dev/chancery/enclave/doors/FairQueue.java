// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.Requester;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Work in lanes, such as one for each key. In a lane the requesters take turns, so that one who asks for
/// much does not keep others waiting; a lane that is slow holds up no other.
///
/// Nothing is refused here: who gives work bounds how much of it he has waiting.
///
/// @param <L> names a lane
final class FairQueue<L> {
    private final Executor threads;
    private final Width width;
    private final ConcurrentHashMap<L, Turns> lanes = new ConcurrentHashMap<>();

    /// How many of a lane's works are done at once, and how many of one requester.
    record Width(int threads, int threadsOfOne) {}

    /// The executor has to begin each task at once, on a platform thread: a call into native code, such as a
    /// token's library, keeps the thread that it is made on.
    FairQueue(Executor threads, Width width) {
        this.threads = threads;
        this.width = width;
    }

    void add(L lane, Requester requester, Runnable work) {
        lanes.computeIfAbsent(lane, name -> new Turns()).add(requester, work);
    }

    private record Turn(Requester requester, Runnable work) {}

    /// One lane's work, by requester; guarded by itself.
    private final class Turns {
        /// In the order in which they are served next. No queue in it is empty.
        private final Map<Requester, ArrayDeque<Runnable>> waiting = new LinkedHashMap<>();
        private final Map<Requester, Integer> runningOf = new HashMap<>();
        private int running;

        void add(Requester requester, Runnable work) {
            synchronized (this) {
                waiting.computeIfAbsent(requester, who -> new ArrayDeque<>()).add(work);
                if (running == width.threads()) {
                    return;
                }
                running++;
            }
            threads.execute(this::work);
        }

        private void work() {
            for (Turn turn = next(); turn != null; turn = next()) {
                boolean ended = false;
                try {
                    turn.work().run();
                    ended = true;
                } finally {
                    end(turn.requester());
                    if (!ended) {
                        // A bug ends this thread and is shown by it; another one goes on.
                        threads.execute(this::work);
                    }
                }
            }
        }

        private synchronized void end(Requester requester) {
            runningOf.computeIfPresent(requester, (who, count) -> count == 1 ? null : count - 1);
        }

        /// The next work of the first in the row who has not his share running already; he goes to its end.
        /// Null when there is none, and the thread ends: those that work for the others come back here.
        private synchronized @Nullable Turn next() {
            for (var entry : waiting.entrySet()) {
                Requester requester = entry.getKey();
                if (runningOf.getOrDefault(requester, 0) < width.threadsOfOne()) {
                    return take(requester, entry.getValue());
                }
            }
            running--;
            return null;
        }

        private Turn take(Requester requester, ArrayDeque<Runnable> mine) {
            Runnable work = mine.remove();
            waiting.remove(requester);
            if (!mine.isEmpty()) {
                waiting.put(requester, mine);
            }
            runningOf.merge(requester, 1, Integer::sum);
            return new Turn(requester, work);
        }
    }
}
