// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import dev.chancery.core.UnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A chain in a file, mode 0600, that one process appends to as long as it lives: it opens the file at the
/// start, which takes up the chain where it ended, and holds it locked.
///
/// One thread writes. Records that come while others are being written are written together after them, with
/// one fdatasync for all; what came of each is told when its line is on the disk. A copy of each line goes to
/// `copy` then, in the chain's order; where that fails, the record stands and nothing is answered.
///
/// Safe for use by several threads.
public final class AuditJournal implements AuditLog, AutoCloseable {
    /// Records in one write: about a megabyte.
    private static final int GROUP_MAX = 1_000;

    private final Path file;
    private final FileChannel channel;
    private final OutputStream copy;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final LinkedBlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
    /// Set before the last entry is added; whoever adds one behind that settles it.
    private volatile boolean closed;
    /// Of the thread that writes.
    private long end;
    private volatile AuditChain.Head head;

    private record Entry(Instant time, AuditEvent event, Outcome outcome) {}

    /// Stands behind all that is to be written, and is not written.
    private static final Entry CLOSING = new Entry(Instant.EPOCH, new Recovery(1), fault -> {});

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
                journal.write(List.of(new Entry(now, new Recovery(tail.cut()), fault -> {})));
            }
            journal.startWriting();
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

    private void startWriting() {
        Thread.ofPlatform().daemon().name("chancery-audit").start(this::writeAll);
    }

    @Override
    public void record(Instant time, Decision decision) {
        recordAndWait(time, decision);
    }

    @Override
    public void record(Instant time, Decision decision, Outcome outcome) {
        add(new Entry(time, decision, outcome));
    }

    private void recordAndWait(Instant time, AuditEvent event) {
        var outcome = new CompletableFuture<Optional<UnavailableException>>();
        add(new Entry(time, event, outcome::complete));
        outcome.join().ifPresent(fault -> {
            throw new UnavailableException(fault.sentence(), fault);
        });
    }

    private void add(Entry entry) {
        waiting.add(entry);
        if (closed) {
            settleTheRest();
        }
    }

    /// Until the journal is closed and nothing waits any more.
    private void writeAll() {
        boolean last = false;
        try {
            while (!last) {
                var group = next();
                last = group.remove(CLOSING);
                commit(group);
            }
        } finally {
            if (last) {
                ended.complete(null);
            } else {
                // A bug ends this thread and is shown by it; another one goes on.
                startWriting();
            }
        }
    }

    private List<Entry> next() {
        var group = new ArrayList<Entry>();
        while (group.isEmpty()) {
            try {
                group.add(waiting.take());
            } catch (InterruptedException e) {
                // Nobody interrupts this thread on purpose; its end is an entry in the queue.
            }
        }
        waiting.drainTo(group, GROUP_MAX - 1);
        return group;
    }

    /// What was added when nobody wrote any more.
    private void settleTheRest() {
        ended.join();
        var rest = new ArrayList<Entry>();
        waiting.drainTo(rest);
        settle(rest, Optional.of(AuditTail.unwritable(file, new ClosedChannelException())));
    }

    /// Writes a group, and tells all of it what came of that.
    private void commit(List<Entry> group) {
        Optional<UnavailableException> fault =
                Optional.of(new UnavailableException("the record was not made, so nothing is signed"));
        try {
            if (!group.isEmpty()) {
                write(group);
            }
            fault = Optional.empty();
        } catch (IOException e) {
            fault = Optional.of(AuditTail.unwritable(file, e));
        } finally {
            settle(group, fault);
        }
    }

    /// All of them, even if one throws in spite of what it is told.
    private static void settle(List<Entry> group, Optional<UnavailableException> fault) {
        for (int i = 0; i < group.size(); i++) {
            boolean told = false;
            try {
                group.get(i).outcome().settled(fault);
                told = true;
            } finally {
                if (!told) {
                    settle(group.subList(i + 1, group.size()), fault);
                }
            }
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

    /// Waits for what is being written.
    @Override
    public void close() {
        closed = true;
        waiting.add(CLOSING);
        settleTheRest();
        close(channel);
    }
}
