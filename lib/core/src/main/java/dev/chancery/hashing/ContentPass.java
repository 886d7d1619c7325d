// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import dev.chancery.core.Artifact;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Reads content once and takes every asked [Measure] of it. Memory is flat whatever the size.
public final class ContentPass {
    /// Bytes read at a time: large enough that calls cost nothing, small enough to stay in a core's cache.
    private static final int BUFFER_BYTES = 1 << 18;

    /// Bytes from which several hashes go each in a thread of its own: below, starting them costs more.
    private static final int PARALLEL_BYTES = 8 << 20;

    private final Hashes hashes;
    private final LongConsumer progress;

    /// `progress` is told the number of bytes read so far after each read.
    public ContentPass(Hashes hashes, LongConsumer progress) {
        this.hashes = hashes;
        this.progress = progress;
    }

    public ContentPass(Hashes hashes) {
        this(hashes, bytes -> {});
    }

    /// Reads the channel to its end. A failing read is *unavailable*; content over a limit is *malformed*.
    public Measured measure(ReadableByteChannel channel, Collection<Measure> measures) {
        long expected = expected(channel);
        var taking = new Taking(measures, expected);
        var counting = new Counting(channel);
        var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        boolean more = true;
        while (more && !taking.goesToLanes(counting.size)) {
            more = counting.into(buffer.clear()) >= 0;
            if (more) {
                taking.update(buffer.flip());
            }
        }
        if (more) {
            measureInLanes(taking, counting);
        }
        return taking.finish(counting.size);
    }

    /// What is left of a file; 0 for what has no length, and for a pipe, which is a file's channel to the JDK and has
    /// no position. A file may grow or shrink meanwhile: only speed rests on this.
    private static long expected(ReadableByteChannel channel) {
        try {
            return channel instanceof SeekableByteChannel file ? file.size() - file.position() : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static void measureInLanes(Taking taking, Counting counting) {
        try (var lanes = new Lanes(taking.hashes())) {
            boolean more = true;
            while (more) {
                more = lanes.next(counting::into);
            }
            lanes.finish();
        }
    }

    /// Reads, counts and tells.
    private final class Counting {
        private final ReadableByteChannel channel;
        private long size;

        Counting(ReadableByteChannel channel) {
            this.channel = channel;
        }

        int into(ByteBuffer buffer) {
            int read = read(channel, buffer);
            if (read >= 0) {
                size += read;
                if (size > Artifact.SIZE_BYTES_MAX) {
                    throw new MalformedException("content has more than %d bytes".formatted(Artifact.SIZE_BYTES_MAX));
                }
                progress.accept(size);
            }
            return read;
        }
    }

    private static int read(ReadableByteChannel channel, ByteBuffer buffer) {
        try {
            return channel.read(buffer);
        } catch (IOException e) {
            throw new UnavailableException("content could not be read: " + e.getMessage(), e);
        }
    }

    /// The measures being taken, fed buffer by buffer.
    private final class Taking {
        private final Collection<Measure> measures;
        private final long expected;
        private final Map<Measure.OfState, RunningHash> running = new LinkedHashMap<>();
        private final Map<Measure.OfState, TextReader> texts = new HashMap<>();
        private final Optional<ByteArrayOutputStream> content;

        Taking(Collection<Measure> measures, long expected) {
            this.measures = measures;
            this.expected = expected;
            this.content =
                    measures.contains(Measure.content()) ? Optional.of(new ByteArrayOutputStream()) : Optional.empty();
            measures.forEach(measure -> measure.running().ifPresent(this::start));
        }

        private void start(Measure.OfState measure) {
            var hash = running.computeIfAbsent(measure, this::begun);
            if (measure.form() != ContentForm.BYTES) {
                texts.computeIfAbsent(measure, m -> new TextReader(m.form(), hash::update));
            }
        }

        private RunningHash begun(Measure.OfState measure) {
            var hash = hashes.start(measure.algorithm(), expected);
            hash.update(ByteBuffer.wrap(measure.salt().bytes().toArray()));
            return hash;
        }

        void update(ByteBuffer buffer) {
            hashes().forEach(hash -> hash.accept(buffer.duplicate()));
            content.ifPresent(kept -> keep(kept, buffer));
        }

        /// Each by itself.
        List<Consumer<ByteBuffer>> hashes() {
            var each = new ArrayList<Consumer<ByteBuffer>>();
            running.forEach((measure, hash) -> {
                var text = texts.get(measure);
                each.add(text == null ? hash::update : text::update);
            });
            return each;
        }

        /// Not before content that is kept has passed its limit: no lane keeps it.
        boolean goesToLanes(long read) {
            return running.size() > 1
                    && Math.max(expected, read) > PARALLEL_BYTES
                    && (content.isEmpty() || read > Measured.CONTENT_BYTES_MAX)
                    && Runtime.getRuntime().availableProcessors() > 1;
        }

        /// Content over the limit is dropped: whoever needs it is told so by [Measured#content].
        private void keep(ByteArrayOutputStream kept, ByteBuffer buffer) {
            byte[] bytes = new byte[Math.min(buffer.remaining(), Measured.CONTENT_BYTES_MAX + 1 - kept.size())];
            buffer.duplicate().get(bytes);
            kept.writeBytes(bytes);
        }

        Measured finish(long size) {
            texts.values().forEach(TextReader::finish);
            var states = new HashMap<Measure.OfState, HashState>();
            running.forEach((measure, hash) -> {
                if (measures.contains(measure)) {
                    states.put(measure, hash.state());
                }
            });
            var digests = new EnumMap<DigestAlgorithm, Digest>(DigestAlgorithm.class);
            running.forEach((measure, hash) -> {
                if (measures.contains(Measure.digest(measure.algorithm()))
                        && measure.equals(new Measure.OfState(measure.algorithm(), ContentForm.BYTES))) {
                    digests.put(measure.algorithm(), hash.finish());
                }
            });
            return Measured.of(
                    size,
                    digests,
                    states,
                    content.filter(kept -> kept.size() <= Measured.CONTENT_BYTES_MAX)
                            .map(kept -> Bytes.of(kept.toByteArray())));
        }
    }
}
