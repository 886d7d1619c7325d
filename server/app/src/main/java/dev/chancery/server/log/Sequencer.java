// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.log;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.log.Receipt;
import dev.chancery.note.NoteSigner;
import dev.chancery.server.cosigning.Witnesses;
import dev.chancery.store.ledger.Appended;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.store.ledger.NewEntry;
import dev.chancery.store.ledger.Publication;
import dev.chancery.store.ledger.Submission;
import dev.chancery.store.request.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Puts entries into the log, and says when the world can see them. See the package comment.
public final class Sequencer implements AutoCloseable {
    /// Entries that wait at once.
    public static final int WAITING_ENTRIES_MAX = 20_000;
    /// Entries of one batch, but for a single submission that has more.
    public static final int BATCH_ENTRIES_MAX = 4_096;

    /// How often what could not be published is tried again while nothing new comes.
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /// What became of one item: for an entry its receipt.
    public record Logged(Outcome outcome, Optional<Receipt> receipt) {}

    /// What became of a submission. Empty when its claim had lapsed: then nothing may leave.
    public record Sequenced(Optional<List<Logged>> items) {}

    private record Waiting(Submission submission, CompletableFuture<Sequenced> done) {
        int entries() {
            return (int) submission.items().stream()
                    .filter(NewEntry.class::isInstance)
                    .count();
        }
    }

    /// Wakes the thread when there is nothing more to come.
    private static final Waiting LAST =
            new Waiting(new Submission(Optional.empty(), List.of()), new CompletableFuture<>());

    private final Ledger ledger;
    private final TileFolder folder;
    private final LogPublisher publisher;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger entries = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;
    /// Why the last publication failed; written by the thread.
    private volatile Optional<String> fault = Optional.empty();

    /// Publishes what a former server appended and could not publish, then begins to take entries.
    ///
    /// A folder that was lost, or is an older one, is written again.
    ///
    /// Throws `RefusedException` (`log-fork`) when the folder shows more than the store knows.
    public Sequencer(Ledger ledger, TileFolder folder, NoteSigner key) {
        this(ledger, folder, key, Witnesses.none());
    }

    /// The same with witnesses. Where these are away at the start, the first publication is one that is tried
    /// again ([#fault]), as any later one is.
    public Sequencer(Ledger ledger, TileFolder folder, NoteSigner key, Witnesses witnesses) {
        this.ledger = ledger;
        this.folder = folder;
        this.publisher = new LogPublisher(folder, key, witnesses);
        folder.make();
        requireOneHistory();
        if (witnesses.any()) {
            tryToPublish();
        } else {
            publish();
        }
        this.thread = Thread.ofPlatform().name("chancery-sequencer").unstarted(this::run);
        thread.start();
    }

    private void requireOneHistory() {
        long shown = folder.shownSize();
        if (shown > ledger.size()) {
            throw new RefusedException(
                    "log-fork",
                    "the log's folder shows %d entries and the store has %d: to go on would be a second history"
                            .formatted(shown, ledger.size()));
        }
        Publication published = ledger.published();
        if (published.checkpoint().isPresent()) {
            publisher.open(published, ledger);
            folder.show(published.size(), published.checkpoint().get());
        }
    }

    /// Takes what came out of a request. The future fails with `UnavailableException` when it could not be
    /// recorded, or is recorded and could not be published; whoever does not know asks again with the same
    /// Idempotency-Key.
    public CompletableFuture<Sequenced> submit(Submission submission) {
        var waiting = new Waiting(submission, new CompletableFuture<>());
        int mine = waiting.entries();
        if (closed || entries.addAndGet(mine) > WAITING_ENTRIES_MAX + mine) {
            entries.addAndGet(closed ? 0 : -mine);
            throw new UnavailableException(
                    "too many signatures wait for their place in the log", Duration.ofSeconds(1));
        }
        queue.add(waiting);
        return waiting.done();
    }

    /// Why the log cannot be published now; empty when it can.
    public Optional<String> fault() {
        return fault;
    }

    private void run() {
        while (!closed || !queue.isEmpty()) {
            var batch = nextBatch();
            if (!batch.isEmpty()) {
                work(batch);
            } else if (fault.isPresent()) {
                tryToPublish();
            }
        }
    }

    private List<Waiting> nextBatch() {
        var batch = new ArrayList<Waiting>();
        try {
            Waiting next = queue.poll(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            int size = 0;
            while (next != null) {
                batch.add(next);
                size += next.entries();
                Waiting peeked = queue.peek();
                next = peeked != null && size + peeked.entries() <= BATCH_ENTRIES_MAX ? queue.poll() : null;
            }
        } catch (InterruptedException e) {
            closed = true;
        }
        batch.remove(LAST);
        return batch;
    }

    private void work(List<Waiting> batch) {
        try {
            var appended = ledger.append(batch.stream().map(Waiting::submission).toList());
            Publication published = publish();
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).done().complete(sequenced(batch.get(i), appended.get(i), published));
            }
        } catch (ChanceryException e) {
            fail(batch, e);
        } catch (RuntimeException e) {
            fail(batch, new UnavailableException("the log failed: " + e, e));
        } finally {
            entries.addAndGet(-batch.stream().mapToInt(Waiting::entries).sum());
        }
    }

    private static void fail(List<Waiting> batch, ChanceryException error) {
        batch.forEach(waiting -> waiting.done().completeExceptionally(error));
    }

    private Sequenced sequenced(Waiting waiting, Appended appended, Publication published) {
        return switch (appended) {
            case Appended.Lapsed() -> new Sequenced(Optional.empty());
            case Appended.Done(var outcomes) -> {
                var items = new ArrayList<Logged>();
                for (int i = 0; i < outcomes.size(); i++) {
                    items.add(logged(waiting.submission().items().get(i), outcomes.get(i), published));
                }
                yield new Sequenced(Optional.of(items));
            }
        };
    }

    private Logged logged(dev.chancery.store.ledger.Item item, Outcome outcome, Publication published) {
        if (outcome instanceof Outcome.Logged(long index, boolean repeated) && item instanceof NewEntry entry) {
            return new Logged(outcome, Optional.of(publisher.receipt(index, entry.leaf(), published)));
        }
        return new Logged(outcome, Optional.empty());
    }

    /// Everything that is appended is published when this returns.
    private Publication publish() {
        try {
            Publication published = ledger.publish(publisher);
            folder.show(published.size(), published.checkpoint().orElseThrow());
            fault = Optional.empty();
            return published;
        } catch (ChanceryException e) {
            fault = Optional.of(e.sentence());
            throw e;
        }
    }

    private void tryToPublish() {
        try {
            publish();
        } catch (ChanceryException e) {
            // The fault is remembered, and told by the server's readiness; the next turn tries again.
        }
    }

    /// Finishes what waits, and takes no more.
    @Override
    public void close() {
        closed = true;
        queue.add(LAST);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
