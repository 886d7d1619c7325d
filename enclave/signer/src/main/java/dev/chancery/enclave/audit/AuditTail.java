// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where a chain in a file ends: after so many bytes, with this head; `cut` bytes of an unfinished line follow.
record AuditTail(long end, AuditChain.Head head, long cut) {
    /// Looks at the last line. Throws `UnavailableException` when that is not one.
    static AuditTail of(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        var tail = read(channel, size);
        int last = lastLineFeed(tail, tail.length);
        if (last < 0 && size > tail.length) {
            throw damaged(file, "ends with more than %d bytes without a line".formatted(tail.length), null);
        }
        int cut = tail.length - (last + 1);
        return new AuditTail(size - cut, last < 0 ? AuditChain.Head.START : head(file, tail, last), cut);
    }

    /// Puts lines behind `end`; when this returns they are on the disk. Of what fails nothing is left: half a
    /// line would be cut the next time, and the disk may be full.
    static void append(FileChannel channel, long end, byte[] lines) throws IOException {
        var bytes = ByteBuffer.wrap(lines);
        try {
            for (long at = end; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
            channel.force(false);
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }

    private static AuditChain.Head head(Path file, byte[] tail, int last) {
        int before = lastLineFeed(tail, last);
        byte[] bytes = Arrays.copyOfRange(tail, before + 1, last);
        try {
            var line = AuditLine.read(Bytes.of(bytes));
            return new AuditChain.Head(line.sequence(), AuditLine.hash(Bytes.of(bytes)));
        } catch (MalformedException e) {
            throw damaged(file, "ends with a line that is not one (%s)".formatted(e.sentence()), e);
        }
    }

    /// Two lines of greatest length: the last one and what may be left of another.
    private static byte[] read(FileChannel channel, long size) throws IOException {
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

    private static UnavailableException damaged(Path file, String fault, @Nullable Throwable cause) {
        String sentence = "audit file %s %s, so nothing is signed; 'chancery audit verify' says more"
                .formatted(Quoted.text(file.toString()), fault);
        return cause == null ? new UnavailableException(sentence) : new UnavailableException(sentence, cause);
    }

    /// What is said when a record cannot be made durable.
    static UnavailableException unwritable(Path file, Exception e) {
        return new UnavailableException(
                "audit file %s cannot be written, so nothing is signed: %s"
                        .formatted(Quoted.text(file.toString()), e.getMessage()),
                e);
    }
}
