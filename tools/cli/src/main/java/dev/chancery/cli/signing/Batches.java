// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.terminal.StatusLine;
import dev.chancery.core.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Asks a signer for many contents: one batch is on its way, and the next is measured meanwhile.
///
/// When measuring fails, the batch that is on its way is waited for and written first.
final class Batches {
    /// Bytes of requests, and of documents that are kept in memory for them: two batches are there at once.
    static final long WEIGHT_MAX = 32 << 20;

    /// What is done with a content before and after it is asked for.
    ///
    /// @param each how many requests there are for each
    record Work(int each, Function<Content, Prepared> prepare, BiConsumer<Prepared, List<Signer.Result>> finish) {}

    private record Flight(List<Prepared> batch, FutureTask<List<Signer.Result>> answers) {}

    private final Signer signer;
    private final Work work;
    private final StatusLine status;
    private final List<Prepared> batch = new ArrayList<>();
    private Optional<Flight> flying = Optional.empty();
    private int done;

    Batches(Signer signer, Work work, StatusLine status) {
        this.signer = signer;
        this.work = work;
        this.status = status;
    }

    void run(List<Content> contents) {
        int contentsMax = Math.max(1, signer.manner().requestsMax() / work.each());
        if (contents.size() == 1 || signer.manner().requestsMax() == 1) {
            for (Content content : contents) {
                var prepared = work.prepare().apply(content);
                work.finish().accept(prepared, signer.sign(prepared.requests()));
            }
            return;
        }
        try {
            long weight = 0;
            for (Content content : contents) {
                var prepared = work.prepare().apply(content);
                if (batch.size() == contentsMax || (!batch.isEmpty() && weight + prepared.weight() > WEIGHT_MAX)) {
                    launch(contents.size());
                    weight = 0;
                }
                batch.add(prepared);
                weight += prepared.weight();
            }
            launch(contents.size());
        } finally {
            land(contents.size());
            status.clear();
        }
    }

    private void launch(int all) {
        land(all);
        var mine = List.copyOf(batch);
        batch.clear();
        var requests = mine.stream().flatMap(one -> one.requests().stream()).toList();
        var answers = new FutureTask<>(() -> signer.sign(requests));
        flying = Optional.of(new Flight(mine, answers));
        Thread.ofVirtual().name("chancery-asking").start(answers);
    }

    private void land(int all) {
        if (flying.isEmpty()) {
            return;
        }
        var flight = flying.get();
        flying = Optional.empty();
        status.show("%d of %d signed, waiting for %d"
                .formatted(done, all, flight.batch().size()));
        var results = await(flight.answers());
        status.clear();
        int at = 0;
        for (Prepared one : flight.batch()) {
            int end = at + one.requests().size();
            work.finish().accept(one, results.subList(at, end));
            at = end;
        }
        done += flight.batch().size();
        status.show("%d of %d signed".formatted(done, all));
    }

    private static List<Signer.Result> await(FutureTask<List<Signer.Result>> answers) {
        try {
            return answers.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException error) {
                throw error;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the answer was not waited for", e);
        }
    }
}
