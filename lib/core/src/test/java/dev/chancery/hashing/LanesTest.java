// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LanesTest {
    private static final int CHUNKS = 200;
    private static final int CHUNK_BYTES = 1 << 18;

    /// Slow and quick ones, more and fewer than cores: each sees everything once and in its order, by one
    /// thread at a time, and there are no more threads than cores or hashes.
    @ParameterizedTest
    @CsvSource({"1,1", "1,3", "2,3", "3,2", "4,4", "2,7"})
    void eachHashSeesTheContentOnceInItsOrder(int cores, int hashes) {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        var sums = new ArrayList<CRC32>();
        var consumers = new ArrayList<Consumer<ByteBuffer>>();
        for (int i = 0; i < hashes; i++) {
            var sum = new CRC32();
            int rounds = 1 + i % 3 * 20;
            sums.add(sum);
            consumers.add(bytes -> {
                seen.add(Thread.currentThread());
                for (int round = 1; round < rounds; round++) {
                    new CRC32().update(bytes.duplicate());
                }
                sum.update(bytes);
            });
        }
        assertEquals(List.copyOf(java.util.Collections.nCopies(hashes, whole())), run(cores, consumers, sums));
        assertTrue(seen.size() <= Math.min(cores, hashes), seen + " for " + cores);
        assertTrue(seen.stream().noneMatch(Thread::isAlive));
    }

    private static List<Long> run(int cores, List<Consumer<ByteBuffer>> hashes, List<CRC32> sums) {
        var random = new Random(7);
        int[] read = {0};
        try (var lanes = new Lanes(hashes, cores)) {
            boolean more = true;
            while (more) {
                more = lanes.next(buffer -> read[0]++ < CHUNKS ? put(random, buffer) : -1);
            }
            lanes.finish();
        }
        return sums.stream().map(CRC32::getValue).toList();
    }

    private static int put(Random random, ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        random.nextBytes(bytes);
        buffer.put(bytes);
        return bytes.length;
    }

    private static long whole() {
        var random = new Random(7);
        var sum = new CRC32();
        for (int i = 0; i < CHUNKS; i++) {
            byte[] bytes = new byte[CHUNK_BYTES];
            random.nextBytes(bytes);
            sum.update(bytes);
        }
        return sum.getValue();
    }
}
