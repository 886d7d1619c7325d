// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.MalformedException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads lines one after another and demands that each follows the one before. For one thread.
///
/// It begins with any line, so that an excerpt can be checked; whether that is the first one, [#first] says.
public final class AuditChain {
    /// The last line's number and SHA-256: what has to be known to know all before it.
    public record Head(long sequence, Digest line) {
        /// Of a chain without a line.
        public static final Head START = new Head(0, AuditLine.NONE);

        @Override
        public String toString() {
            return sequence + ":" + line.hex();
        }
    }

    private long read;
    private long first;
    private @Nullable Head head;

    /// Takes in the next line. Throws `MalformedException`, which says which line it was and what broke.
    public AuditLine next(Bytes bytes) {
        read++;
        AuditLine line;
        try {
            line = AuditLine.read(bytes);
        } catch (MalformedException e) {
            throw broken(e.sentence());
        }
        if (head == null) {
            requireStart(line);
            first = line.sequence();
        } else {
            requireFollows(head, line);
        }
        head = new Head(line.sequence(), AuditLine.hash(bytes));
        return line;
    }

    private void requireStart(AuditLine line) {
        if ((line.sequence() == 1) != line.previous().equals(AuditLine.NONE)) {
            throw broken("has sequence number %d, which does not fit what it says of the line before"
                    .formatted(line.sequence()));
        }
    }

    private void requireFollows(Head before, AuditLine line) {
        if (line.sequence() != before.sequence() + 1) {
            throw broken("has sequence number %d, not %d: lines are missing, doubled or out of order"
                    .formatted(line.sequence(), before.sequence() + 1));
        }
        if (!line.previous().equals(before.line())) {
            throw broken("does not follow from line %d: one of the two was changed, or they are of two chains"
                    .formatted(read - 1));
        }
    }

    private MalformedException broken(String fault) {
        return new MalformedException("line %d %s".formatted(read, fault));
    }

    /// Reads a stream to its end, line by line, each of them whole.
    public void readAll(InputStream stream, Consumer<AuditLine> consumer) throws IOException {
        var input = new BufferedInputStream(stream);
        var line = new ByteArrayOutputStream();
        for (int octet = input.read(); octet >= 0; octet = input.read()) {
            if (octet == '\n') {
                consumer.accept(next(Bytes.of(line.toByteArray())));
                line.reset();
            } else {
                line.write(octet);
                requireShort(line.size());
            }
        }
        if (line.size() > 0) {
            read++;
            throw broken("is not finished");
        }
    }

    private void requireShort(int bytes) {
        if (bytes > AuditLine.BYTES_MAX) {
            read++;
            throw broken("has more than %d bytes".formatted(AuditLine.BYTES_MAX));
        }
    }

    /// Lines so far.
    public long lines() {
        return read;
    }

    /// The sequence number of the first line; 0 before there is one.
    public long first() {
        return first;
    }

    /// The last line so far.
    public Optional<Head> head() {
        return Optional.ofNullable(head);
    }
}
