// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import dev.chancery.core.UnavailableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Several hashes over the same large content, each in a thread of its own, while the caller's thread reads on.
///
/// A few chunks go round: read by the caller, taken in by every lane, and free again when the last one has
/// it. So memory is flat, and the slowest hash sets the pace. Each hash belongs to its lane's thread from the
/// first chunk until [#finish] has returned, and to the caller's before and after.
final class Lanes implements AutoCloseable {
    /// Bytes read at a time: a thread is woken 4,000 times for a GiB.
    private static final int CHUNK_BYTES = 1 << 18;
    /// Enough that no core waits while there are more lanes than cores and the quick ones take turns; and few
    /// enough (4 MiB) that what one core has read is still in a cache when the last one hashes it.
    private static final int CHUNKS = 16;

    private static final Chunk END = new Chunk(ByteBuffer.allocate(0));

    private record Chunk(ByteBuffer bytes, AtomicInteger waiting) {
        Chunk(ByteBuffer bytes) {
            this(bytes, new AtomicInteger());
        }

        /// Chunks with bytes have room for some; the one that says that no more come has none.
        boolean isEnd() {
            return bytes.capacity() == 0;
        }
    }

    private final BlockingQueue<Chunk> free = new ArrayBlockingQueue<>(CHUNKS);
    private final List<Lane> lanes = new ArrayList<>();

    private int made;

    Lanes(List<Consumer<ByteBuffer>> hashes) {
        hashes.forEach(hash -> lanes.add(new Lane(hash)));
        lanes.forEach(lane -> lane.thread.start());
    }

    /// What puts the next bytes into a buffer, and tells how many; fewer than 0 at the end.
    interface Reading {
        int into(ByteBuffer buffer);
    }

    /// Has every lane take in the next bytes; false at the end, or when a lane has failed.
    boolean next(Reading reading) {
        Chunk chunk = freeChunk();
        fill(chunk.bytes().clear(), reading);
        if (!chunk.bytes().flip().hasRemaining() || lanes.stream().anyMatch(Lane::hasFailed)) {
            return false;
        }
        chunk.waiting().set(lanes.size());
        lanes.forEach(lane -> lane.queue.add(chunk));
        return true;
    }

    /// A new one where there are not enough yet: content that is read quickly needs few.
    private Chunk freeChunk() {
        Chunk chunk = free.poll();
        if (chunk == null && made < CHUNKS) {
            made++;
            return new Chunk(ByteBuffer.allocateDirect(CHUNK_BYTES));
        }
        return chunk == null ? taken(free) : chunk;
    }

    /// A pipe gives its bytes in small pieces: threads are woken for whole chunks.
    private static void fill(ByteBuffer bytes, Reading reading) {
        boolean more = true;
        while (more && bytes.hasRemaining()) {
            more = reading.into(bytes) >= 0;
        }
    }

    /// Waits until every lane has taken in everything. Throws what a lane threw.
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
        lanes.forEach(lane -> lane.queue.add(END));
        try {
            for (Lane lane : lanes) {
                lane.thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("content was not read to its end: interrupted", e);
        }
    }

    private static Chunk taken(BlockingQueue<Chunk> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("content was not read to its end: interrupted", e);
        }
    }

    private final class Lane implements Runnable {
        private final Consumer<ByteBuffer> hash;
        private final BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>();
        private final Thread thread =
                Thread.ofPlatform().name("chancery-hash").daemon().unstarted(this);
        /// Written by the lane's thread, read by the caller's.
        private volatile @Nullable RuntimeException failure;

        Lane(Consumer<ByteBuffer> hash) {
            this.hash = hash;
        }

        boolean hasFailed() {
            return failure != null;
        }

        @Override
        public void run() {
            for (Chunk chunk = taken(queue); !chunk.isEnd(); chunk = taken(queue)) {
                takeIn(chunk.bytes().duplicate());
                if (chunk.waiting().decrementAndGet() == 0) {
                    free.add(chunk);
                }
            }
        }

        /// A lane that failed goes on passing chunks, so that nobody waits for it.
        private void takeIn(ByteBuffer bytes) {
            try {
                if (failure == null) {
                    hash.accept(bytes);
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }
    }
}
