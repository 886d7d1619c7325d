// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

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
            throw AuditTail.unwritable(file, e);
        }
    }

    private void append(FileChannel channel, Instant time, AuditEvent event) throws IOException {
        var line = new AuditLine(head.sequence() + 1, time, event, head.line()).write();
        var bytes = ByteBuffer.allocate(line.length() + 1)
                .put(line.toArray())
                .put((byte) '\n')
                .flip();
        AuditTail.append(channel, end, bytes.array());
        end += line.length() + 1;
        head = new AuditChain.Head(head.sequence() + 1, AuditLine.hash(line));
    }

    /// Reads the last line. One that a crash left unfinished is removed: who asked for it was never answered.
    private void catchUp(FileChannel channel, Instant time) throws IOException {
        var tail = AuditTail.of(file, channel);
        end = tail.end();
        head = tail.head();
        if (tail.cut() > 0) {
            channel.truncate(end);
            append(channel, time, new Recovery(tail.cut()));
        }
    }
}
