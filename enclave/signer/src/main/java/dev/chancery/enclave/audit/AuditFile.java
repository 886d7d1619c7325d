// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A chain in a file, mode 0600, which several processes may append to. Each takes a lock for one record, so
/// that the chain is one; a record is on the disk (fdatasync) before the lock is given up.
///
/// Safe for use by several threads.
public final class AuditFile implements AuditLog {
    private final Path file;
    /// Where the last line known to us ends, and what it was. Others may have appended since.
    private long end;
    private AuditChain.Head head = AuditChain.Head.START;

    public AuditFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void record(Instant time, Decision decision) {
        var options = Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(file, options, mode);
                var lock = channel.lock()) {
            if (!lock.isValid() || channel.size() != end) {
                catchUp(channel, time);
            }
            append(channel, time, decision);
        } catch (IOException | OverlappingFileLockException e) {
            throw new UnavailableException(
                    "audit file %s cannot be written, so nothing is signed: %s"
                            .formatted(Quoted.text(file.toString()), e.getMessage()),
                    e);
        }
    }

    private void append(FileChannel channel, Instant time, AuditEvent event) throws IOException {
        var line = new AuditLine(head.sequence() + 1, time, event, head.line()).write();
        var bytes = ByteBuffer.allocate(line.length() + 1)
                .put(line.toArray())
                .put((byte) '\n')
                .flip();
        try {
            for (long at = end; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
            channel.force(false);
        } catch (IOException e) {
            channel.truncate(end); // a half line would be cut the next time; the disk may be full
            throw e;
        }
        end += line.length() + 1;
        head = new AuditChain.Head(head.sequence() + 1, AuditLine.hash(line));
    }

    /// Reads the last line. One that a crash left unfinished is removed: who asked for it was never answered.
    private void catchUp(FileChannel channel, Instant time) throws IOException {
        long size = channel.size();
        var tail = tail(channel, size);
        int last = lastLineFeed(tail, tail.length);
        if (last < 0 && size > tail.length) {
            throw damaged("ends with more than %d bytes without a line".formatted(tail.length), null);
        }
        int cut = tail.length - (last + 1);
        end = size - cut;
        head = last < 0 ? AuditChain.Head.START : head(tail, last);
        if (cut > 0) {
            channel.truncate(end);
            append(channel, time, new Recovery(cut));
        }
    }

    private AuditChain.Head head(byte[] tail, int last) {
        int before = lastLineFeed(tail, last);
        byte[] bytes = Arrays.copyOfRange(tail, before + 1, last);
        try {
            var line = AuditLine.read(Bytes.of(bytes));
            return new AuditChain.Head(line.sequence(), AuditLine.hash(Bytes.of(bytes)));
        } catch (MalformedException e) {
            throw damaged("ends with a line that is not one (%s)".formatted(e.sentence()), e);
        }
    }

    /// Two lines of greatest length: the last one and what may be left of another.
    private static byte[] tail(FileChannel channel, long size) throws IOException {
        var bytes = ByteBuffer.allocate((int) Math.min(size, 2L * (AuditLine.BYTES_MAX + 1)));
        long at = size - bytes.capacity();
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, at + bytes.position());
            if (read < 0) {
                throw new IOException("it became shorter while it was read");
            }
        }
        return bytes.array();
    }

    /// The index of the last line feed before `end`; -1 when there is none.
    private static int lastLineFeed(byte[] bytes, int end) {
        int i = end - 1;
        while (i >= 0 && bytes[i] != '\n') {
            i--;
        }
        return i;
    }

    private UnavailableException damaged(String fault, @Nullable Throwable cause) {
        String sentence = "audit file %s %s, so nothing is signed; 'chancery audit verify' says more"
                .formatted(Quoted.text(file.toString()), fault);
        return cause == null ? new UnavailableException(sentence) : new UnavailableException(sentence, cause);
    }
}
