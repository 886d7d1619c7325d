// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentPassTest {
    /// What the JDK has.
    private static final List<DigestAlgorithm> SHA2 =
            List.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512);

    private static final ContentPass PASS = new ContentPass(new StandInHashes());

    @TempDir
    private Path directory;

    private static Measured measured(byte[] content, Set<Measure> measures) {
        return PASS.measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
    }

    private static byte[] random(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static Set<Measure> everything() {
        var measures = new HashSet<Measure>();
        measures.add(Measure.content());
        for (var algorithm : SHA2) {
            measures.add(Measure.digest(algorithm));
            for (var form : ContentForm.values()) {
                measures.add(Measure.state(algorithm, form));
            }
        }
        return measures;
    }

    @Test
    void onePassTakesEveryMeasure() {
        for (int length : new int[] {0, 1, 1_000, 1 << 18, (1 << 18) + 1, 1_000_000, 12_345_678}) {
            byte[] content = random(length);
            assertEveryMeasure(content, measured(content, everything()));
        }
    }

    /// What a file says of its length only makes it faster: it may grow or be cut off while it is read.
    @Test
    void aFileThatSaysAnotherLengthIsMeasuredAsItIsRead() throws IOException {
        for (int length : new int[] {0, 1_000, 1_000_000, 1 << 20, (1 << 20) + 1, 12_345_678}) {
            byte[] content = random(length);
            for (long said : new long[] {0, length, 20_000_000, Long.MAX_VALUE}) {
                try (var channel = new Saying(content, said)) {
                    assertSaying(content, PASS.measure(channel, digestsAndContent()));
                }
            }
        }
    }

    /// As it is on the standard input of `tar c … | chancery sign`: `Channels.newChannel` makes a `FileChannel` of it.
    @Test
    void aPipeHasNoPositionAndIsMeasuredAllTheSame() throws IOException, InterruptedException {
        byte[] content = random(1_000_000);
        Path file = Files.write(directory.resolve("content"), content);
        Path fifo = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        new ProcessBuilder("sh", "-c", "cat \"$0\" > \"$1\"", file.toString(), fifo.toString()).start();
        try (var pipe = new FileInputStream(fifo.toFile());
                var channel = Channels.newChannel(pipe)) {
            assertThrows(IOException.class, ((FileChannel) channel)::position);
            assertEveryMeasure(content, PASS.measure(channel, everything()));
        }
    }

    private static Set<Measure> digestsAndContent() {
        var measures = new HashSet<Measure>(Set.of(Measure.content()));
        SHA2.forEach(algorithm -> measures.add(Measure.digest(algorithm)));
        return measures;
    }

    private static void assertSaying(byte[] content, Measured measured) {
        assertEquals(content.length, measured.size());
        assertEquals(content.length <= Measured.CONTENT_BYTES_MAX, measured.has(Measure.content()));
        if (measured.has(Measure.content())) {
            assertArrayEquals(content, measured.content().toArray());
        }
        for (var algorithm : SHA2) {
            assertArrayEquals(
                    StandInHashes.jdk(algorithm.standardName()).digest(content),
                    measured.digest(algorithm).bytes());
        }
    }

    private static void assertEveryMeasure(byte[] content, Measured measured) {
        assertSaying(content, measured);
        for (var algorithm : SHA2) {
            assertEquals(StandInHashes.stateOf(algorithm, content), measured.state(algorithm, ContentForm.BYTES));
            for (var form : List.of(ContentForm.TEXT, ContentForm.CLEARTEXT)) {
                assertEquals(
                        StandInHashes.stateOf(algorithm, TextReaderTest.read(form, content, content.length)),
                        measured.state(algorithm, form));
            }
        }
    }

    /// Also where the hashes go into lanes, and beside one without a salt.
    @Test
    void aSaltIsHashedBeforeTheContent() {
        var salt = new Salt(Bytes.of(random(Salt.BYTES_MAX)));
        for (var form : List.of(ContentForm.BYTES, ContentForm.TEXT)) {
            assertSalted(salt, form, random(1_000));
        }
        assertSalted(salt, ContentForm.BYTES, new byte[0]);
        assertSalted(salt, ContentForm.BYTES, random(9_000_000));
    }

    private static void assertSalted(Salt salt, ContentForm form, byte[] content) {
        var state = Measure.state(DigestAlgorithm.SHA512, form, salt);
        var measured = measured(content, Set.of(Measure.digest(DigestAlgorithm.SHA512), state));
        byte[] octets = salt.bytes().toArray();
        byte[] read = form == ContentForm.BYTES ? content : TextReaderTest.read(form, content, content.length);
        byte[] both = Arrays.copyOf(octets, octets.length + read.length);
        System.arraycopy(read, 0, both, octets.length, read.length);
        assertEquals(
                StandInHashes.stateOf(DigestAlgorithm.SHA512, both),
                measured.state(DigestAlgorithm.SHA512, form, salt));
        assertArrayEquals(
                StandInHashes.jdk("SHA-512").digest(content),
                measured.digest(DigestAlgorithm.SHA512).bytes());
    }

    /// In whatever pieces it comes: the lanes see it in the order in which it was read.
    @Test
    void lanesSeeTheContentInItsOrder() {
        byte[] content = random(20_000_003);
        var algorithms = Set.of(Measure.digest(DigestAlgorithm.SHA256), Measure.digest(DigestAlgorithm.SHA512));
        var channel = Channels.newChannel(new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 4_099));
            }
        });
        var measured = PASS.measure(channel, algorithms);
        for (var algorithm : List.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA512)) {
            assertArrayEquals(
                    StandInHashes.jdk(algorithm.standardName()).digest(content),
                    measured.digest(algorithm).bytes());
        }
    }

    /// A text that is none, far behind: the error comes out of its lane, and its threads end.
    @Test
    void anErrorInALaneIsTheCallers() {
        byte[] content = random(30_000_000);
        java.util.Arrays.fill(content, 20_000_000, 20_000_000 + TextReader.WHITESPACE_RUN_BYTES_MAX + 1, (byte) ' ');
        var measures = Set.of(
                Measure.digest(DigestAlgorithm.SHA256), Measure.state(DigestAlgorithm.SHA512, ContentForm.CLEARTEXT));
        var e = assertThrows(MalformedException.class, () -> measured(content, measures));
        assertTrue(e.sentence().contains("white space in a row"), e.sentence());
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("chancery-hash")));
    }

    @Test
    void aReadThatFailsFarBehindIsUnavailable() {
        var channel = Channels.newChannel(new ByteArrayInputStream(random(30_000_000)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                if (pos > 20_000_000) {
                    throw new java.io.UncheckedIOException(new java.io.IOException("gone"));
                }
                return super.read(into, offset, length);
            }
        });
        var measures = Set.of(Measure.digest(DigestAlgorithm.SHA256), Measure.digest(DigestAlgorithm.SHA512));
        assertThrows(java.io.UncheckedIOException.class, () -> PASS.measure(channel, measures));
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("chancery-hash")));
    }

    @Test
    void onlyWhatIsAskedIsAnswered() {
        for (Measure one : everything()) {
            var measured = measured(random(100), Set.of(one));
            for (Measure other : everything()) {
                assertEquals(one.equals(other), measured.has(other), one + " and " + other);
            }
        }
    }

    @Test
    void contentIsKeptUpToItsLimitAndMeasuredBeyondIt() {
        var measures = Set.of(Measure.content(), Measure.digest(DigestAlgorithm.SHA256));
        byte[] most = random(Measured.CONTENT_BYTES_MAX);
        assertEquals(Bytes.of(most), measured(most, measures).content());
        byte[] more = random(Measured.CONTENT_BYTES_MAX + 1);
        var measured = measured(more, measures);
        assertFalse(measured.has(Measure.content()));
        assertTrue(assertThrows(MalformedException.class, measured::content)
                .sentence()
                .contains("more than the 1048576"));
        assertArrayEquals(
                StandInHashes.jdk("SHA-256").digest(more),
                measured.digest(DigestAlgorithm.SHA256).bytes());
    }

    @Test
    void memoryIsFlat() {
        // 3 GiB go by while the JVM of the tests has 1 GiB; no measure hashes, which would take seconds for nothing.
        var endless = new Endless(3L << 30);
        assertEquals(3L << 30, PASS.measure(endless, Set.of(Measure.content())).size());
        assertTrue(endless.mostAskedFor <= 1 << 20, "bytes asked for at a time");
    }

    @Test
    void progressIsToldAfterEachRead() {
        var told = new ArrayList<Long>();
        new ContentPass(new StandInHashes(), told::add).measure(new Endless(600_000), Set.of());
        assertEquals(600_000L, told.getLast());
        assertEquals(told.stream().sorted().toList(), told);
    }

    @Test
    void aFailingReadIsUnavailable() {
        var failing = new Endless(1_000) {
            @Override
            public int read(ByteBuffer buffer) throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        var unavailable = assertThrows(UnavailableException.class, () -> PASS.measure(failing, everything()));
        assertEquals("content could not be read: the disk is gone", unavailable.sentence());
    }

    @Test
    void shortReadsGiveTheSame() {
        byte[] content = random(3_000);
        var in = Channels.newChannel(new ByteArrayInputStream(content));
        var trickling = new Endless(0) {
            @Override
            public int read(ByteBuffer buffer) throws IOException {
                return in.read(buffer.limit(buffer.position() + 7));
            }
        };
        var measured = PASS.measure(trickling, everything());
        assertEquals(Bytes.of(content), measured.content());
        assertArrayEquals(
                StandInHashes.jdk("SHA-384").digest(content),
                measured.digest(DigestAlgorithm.SHA384).bytes());
    }

    /// So many zeros. A file that says a length of its own.
    private static final class Saying implements SeekableByteChannel {
        private final ReadableByteChannel channel;
        private final long said;

        Saying(byte[] content, long said) {
            this.channel = Channels.newChannel(new ByteArrayInputStream(content));
            this.said = said;
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            return channel.read(buffer);
        }

        @Override
        public long size() {
            return said;
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public SeekableByteChannel position(long position) {
            throw new AssertionError();
        }

        @Override
        public int write(ByteBuffer buffer) {
            throw new AssertionError();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new AssertionError();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static class Endless implements ReadableByteChannel {
        private long left;
        private int mostAskedFor;

        Endless(long left) {
            this.left = left;
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            mostAskedFor = Math.max(mostAskedFor, buffer.remaining());
            int length = (int) Math.min(left, buffer.remaining());
            left -= length;
            buffer.position(buffer.position() + length);
            return length == 0 ? -1 : length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
