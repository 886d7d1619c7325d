// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import dev.chancery.core.UnavailableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Several hashes over the same large content at once, while the caller's thread reads on.
///
/// A few chunks go round: read by the caller, taken in by every hash, and free again when the last one has
/// it. So memory is flat, and the slowest hash sets the pace.
///
/// There are no more threads than cores. Each takes the hash that is furthest behind, has it take in its next
/// chunk, and looks again. With a thread for each hash instead, three hashes on two cores would share them
/// evenly, the quick ones would be through first with each chunk, and a core would stand idle while the
/// slowest is alone with it.
///
/// A hash belongs to one thread at a time, handed on under the lock; and to the caller's before the first
/// chunk and after [#finish].
final class Lanes implements AutoCloseable {
    /// Bytes read at a time: a thread looks around 4,000 times for a GiB and hash.
    private static final int CHUNK_BYTES = 1 << 18;
    /// Enough that no core waits for a chunk, and few enough (4 MiB) that what one core has read is still in
    /// a cache when the last one hashes it.
    private static final int CHUNKS = 16;

    private final ReentrantLock lock = new ReentrantLock();
    /// Somebody may find work, or the end.
    private final Condition work = lock.newCondition();
    /// The hash that was furthest behind has moved on.
    private final Condition room = lock.newCondition();

    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /// Chunk number n is at n modulo its length. Filled by the caller before `filled` counts it.
    private final @Nullable ByteBuffer[] chunks = new ByteBuffer[CHUNKS];
    /// Chunks there were so far. Under the lock.
    private long filled;
    /// No more chunks come. Under the lock.
    private boolean ended;

    /// One hash: how many chunks it has, and whether a thread is at it. Under the lock.
    private static final class Lane {
        private final Consumer<ByteBuffer> hash;
        private long taken;
        private boolean busy;
        private @Nullable RuntimeException failure;

        Lane(Consumer<ByteBuffer> hash) {
            this.hash = hash;
        }
    }

    Lanes(List<Consumer<ByteBuffer>> hashes) {
        this(hashes, Runtime.getRuntime().availableProcessors());
    }

    Lanes(List<Consumer<ByteBuffer>> hashes, int cores) {
        hashes.forEach(hash -> lanes.add(new Lane(hash)));
        for (int i = 0; i < Math.min(cores, hashes.size()); i++) {
            threads.add(Thread.ofPlatform().name("chancery-hash").daemon().start(this::work));
        }
    }

    /// What puts the next bytes into a buffer, and tells how many; fewer than 0 at the end.
    interface Reading {
        int into(ByteBuffer buffer);
    }

    /// Has every hash take in the next bytes; false at the end, or when a hash has failed.
    boolean next(Reading reading) {
        ByteBuffer chunk = freeChunk();
        fill(chunk.clear(), reading);
        lock.lock();
        try {
            if (!chunk.flip().hasRemaining() || lanes.stream().anyMatch(lane -> lane.failure != null)) {
                return false;
            }
            filled++;
            work.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// A new one where there are not enough yet: content that is read quickly needs few.
    private ByteBuffer freeChunk() {
        lock.lock();
        try {
            while (filled - slowest() >= CHUNKS) {
                room.await();
            }
            int place = (int) (filled % CHUNKS);
            ByteBuffer chunk = chunks[place];
            if (chunk == null) {
                chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
                chunks[place] = chunk;
            }
            return chunk;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private long slowest() {
        return lanes.stream().mapToLong(lane -> lane.taken).min().orElse(filled);
    }

    /// A pipe gives its bytes in small pieces: threads are woken for whole chunks.
    private static void fill(ByteBuffer bytes, Reading reading) {
        boolean more = true;
        while (more && bytes.hasRemaining()) {
            more = reading.into(bytes) >= 0;
        }
    }

    private void work() {
        lock.lock();
        try {
            for (var lane = await(); lane.isPresent(); lane = await()) {
                takeIn(lane.get());
            }
        } finally {
            lock.unlock();
        }
    }

    /// The hash that is furthest behind of those that nobody is at; none when nothing is left to be begun.
    private Optional<Lane> await() {
        while (true) {
            var next = lanes.stream()
                    .filter(lane -> !lane.busy && lane.taken < filled)
                    .min(Comparator.comparingLong(lane -> lane.taken));
            if (next.isPresent() || (ended && lanes.stream().allMatch(this::isAtItsLast))) {
                return next;
            }
            work.awaitUninterruptibly();
        }
    }

    private boolean isAtItsLast(Lane lane) {
        return lane.taken + (lane.busy ? 1 : 0) >= filled;
    }

    /// A hash that failed goes on passing chunks, so that nobody waits for it.
    private void takeIn(Lane lane) {
        var chunk = chunks[(int) (lane.taken % CHUNKS)];
        var failure = lane.failure;
        lane.busy = true;
        lock.unlock();
        try {
            if (failure == null && chunk != null) {
                lane.hash.accept(chunk.duplicate());
            }
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            lock.lock();
        }
        lane.failure = failure;
        lane.busy = false;
        lane.taken++;
        room.signal();
        if (ended) {
            work.signalAll(); // who waits may find now that nothing is left for him
        }
    }

    /// Waits until every hash has taken in everything. Throws what a hash threw.
    void finish() {
        close();
        for (Lane lane : lanes) {
            RuntimeException failure = lane.failure;
            if (failure != null) {
                throw failure;
            }
        }
    }

    /// Ends the threads, whatever happened. May be called again.
    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static UnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UnavailableException("content was not read to its end: interrupted", e);
    }
}
