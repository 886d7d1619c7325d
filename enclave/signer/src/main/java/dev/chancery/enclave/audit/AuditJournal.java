// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import dev.chancery.core.UnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A chain in a file, mode 0600, that one process appends to as long as it lives: it opens the file at the
/// start, which takes up the chain where it ended, and holds it locked.
///
/// Records that come while others are being written are written together after them, with one fdatasync for
/// all. Who records waits until his line is on the disk. A copy of each line goes to `copy` then, in the
/// chain's order; where that fails, the record stands and nothing is answered.
///
/// Safe for use by several threads.
public final class AuditJournal implements AuditLog, AutoCloseable {
    /// Records in one write: about a megabyte.
    private static final int GROUP_MAX = 1_000;

    private final Path file;
    private final FileChannel channel;
    private final OutputStream copy;

    private final ConcurrentLinkedQueue<Entry> waiting = new ConcurrentLinkedQueue<>();
    /// Guards all below: whoever holds it writes what waits, his own record and those of others.
    private final ReentrantLock writing = new ReentrantLock();

    private long end;
    private volatile AuditChain.Head head;

    private static final class Entry {
        private final Instant time;
        private final AuditEvent event;
        /// Whoever wrote for it has tried; it is on the disk and copied only if `durable`. Guarded by
        /// `writing`.
        private boolean settled;

        private boolean durable;
        private @Nullable UnavailableException failure;

        Entry(Instant time, AuditEvent event) {
            this.time = time;
            this.event = event;
        }
    }

    private AuditJournal(Path file, FileChannel channel, OutputStream copy, AuditTail tail) {
        this.file = file;
        this.channel = channel;
        this.copy = copy;
        this.end = tail.end();
        this.head = tail.head();
    }

    /// Throws `UnavailableException` when the file cannot be written, is another process's, or ends with what
    /// is no line. Where a crash left half a line, that is cut off and said in the chain.
    public static AuditJournal open(Path file, OutputStream copy, Instant now) {
        var options = Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        FileChannel channel = null;
        boolean kept = false;
        try {
            channel = FileChannel.open(file, options, mode);
            if (channel.tryLock() == null) {
                throw new IOException("another process holds it");
            }
            var tail = AuditTail.of(file, channel);
            channel.truncate(tail.end());
            var journal = new AuditJournal(file, channel, copy, tail);
            if (tail.cut() > 0) {
                journal.record(now, new Recovery(tail.cut()));
            }
            kept = true;
            return journal;
        } catch (IOException | OverlappingFileLockException e) {
            throw AuditTail.unwritable(file, e);
        } finally {
            if (!kept) {
                close(channel);
            }
        }
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ignored) {
            // Nothing was written by it.
        }
    }

    @Override
    public void record(Instant time, Decision decision) {
        record(time, (AuditEvent) decision);
    }

    private void record(Instant time, AuditEvent event) {
        var entry = new Entry(time, event);
        waiting.add(entry);
        writing.lock();
        try {
            while (!entry.settled) {
                commit();
            }
            if (!entry.durable) {
                var failure = entry.failure;
                throw failure == null
                        ? new UnavailableException("the record was not made, so nothing is signed")
                        : new UnavailableException(failure.sentence(), failure);
            }
        } finally {
            writing.unlock();
        }
    }

    /// Writes what waits, or settles all of it with the same fault.
    private void commit() {
        var group = new ArrayList<Entry>();
        for (Entry next = waiting.poll(); next != null; next = group.size() < GROUP_MAX ? waiting.poll() : null) {
            group.add(next);
        }
        try {
            write(group);
            group.forEach(entry -> entry.durable = true);
        } catch (IOException e) {
            var failure = AuditTail.unwritable(file, e);
            group.forEach(entry -> entry.failure = failure);
        } finally {
            group.forEach(entry -> entry.settled = true);
        }
    }

    private void write(List<Entry> group) throws IOException {
        var lines = new ByteArrayOutputStream();
        var last = head;
        for (Entry entry : group) {
            var line = new AuditLine(last.sequence() + 1, entry.time, entry.event, last.line()).write();
            lines.writeBytes(line.toArray());
            lines.write('\n');
            last = new AuditChain.Head(last.sequence() + 1, AuditLine.hash(line));
        }
        AuditTail.append(channel, end, lines.toByteArray());
        // The commit point: the lines are on the disk, and the next one follows from them whatever happens.
        end += lines.size();
        head = last;
        copy.write(lines.toByteArray());
        copy.flush();
    }

    /// The chain's last line.
    public AuditChain.Head head() {
        return head;
    }

    @Override
    public void close() {
        close(channel);
    }
}
