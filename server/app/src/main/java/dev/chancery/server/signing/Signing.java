// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.signing;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.Digest;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.formats.Formats;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.protocol.Reply;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.server.keyring.KeyTurns;
import dev.chancery.server.log.Receipts;
import dev.chancery.server.log.Sequencer;
import dev.chancery.store.Store;
import dev.chancery.store.ledger.Entry;
import dev.chancery.store.ledger.Item;
import dev.chancery.store.ledger.NewEntry;
import dev.chancery.store.ledger.Submission;
import dev.chancery.store.request.Begun;
import dev.chancery.store.request.Claim;
import dev.chancery.store.request.Outcome;
import dev.chancery.store.request.RequestKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Has requests signed and logged. See the package comment. For many threads.
public final class Signing {
    /// Requests of one batch: those of a question to an enclave.
    public static final int BATCH_MAX = 1_000;

    /// What it needs of its process.
    public record Parts(
            Enclaves enclaves,
            Sequencer sequencer,
            Store store,
            Receipts receipts,
            Formats formats,
            SigningNumbers numbers) {}

    /// Who asks, and by which Idempotency-Key, whose request has to be the same each time.
    public record Order(Requester requester, Optional<Once> once) {}

    /// An Idempotency-Key and the SHA-256 of all that was asked.
    public record Once(String key, Digest request) {}

    /// What became of one request.
    public sealed interface Result {
        /// It is signed and logged.
        record Done(Issued issued) implements Result {}

        /// It is not, and why.
        record Failed(Failure failure) implements Result {}
    }

    /// Two requests with one Idempotency-Key: the other is at work, or was another one.
    public static final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final boolean atWork;

        Conflict(boolean atWork, String sentence) {
            super(sentence, null, false, false);
            this.atWork = atWork;
        }

        /// It is at work: asking again later may bring its answer.
        public boolean isAtWork() {
            return atWork;
        }
    }

    private final Parts parts;
    private final KeyTurns turns;
    private final Leaves leaves;
    private final InstantSource clock;

    public Signing(Parts parts, KeyTurns turns, InstantSource clock) {
        this.parts = parts;
        this.turns = turns;
        this.leaves = new Leaves(parts.formats());
        this.clock = clock;
    }

    /// Signs 1 to [#BATCH_MAX] requests; one result for each, in their order.
    ///
    /// Throws [Conflict], and `UnavailableException` when nothing could be recorded.
    public List<Result> sign(Order order, List<SigningRequest> requests) {
        if (requests.isEmpty() || requests.size() > BATCH_MAX) {
            throw new MalformedException("%d requests are not 1 to %d".formatted(requests.size(), BATCH_MAX));
        }
        long begin = System.nanoTime();
        try {
            var results = answers(order, requests);
            parts.numbers().done(requests, results, Duration.ofNanos(System.nanoTime() - begin));
            return results;
        } catch (ChanceryException | Conflict e) {
            parts.numbers().failed(requests, e);
            throw e;
        }
    }

    private List<Result> answers(Order order, List<SigningRequest> requests) {
        if (order.once().isEmpty()) {
            return signed(order, Optional.empty(), requests);
        }
        var once = order.once().get();
        var begun = parts.store().requests().begin(new RequestKey(order.requester(), once.key()), once.request());
        return switch (begun) {
            case Begun.Fresh(var claim) -> signed(order, Optional.of(claim), requests);
            case Begun.Answered(var outcomes) ->
                outcomes.stream().map(this::known).toList();
            case Begun.InProgress() -> throw new Conflict(true, "a request with this Idempotency-Key is at work");
            case Begun.Different() -> throw new Conflict(false, "this Idempotency-Key was used for another request");
        };
    }

    private List<Result> signed(Order order, Optional<Claim> claim, List<SigningRequest> requests) {
        boolean recorded = false;
        try {
            requirePublishing();
            var items = items(order.requester(), requests);
            if (items.stream().noneMatch(NewEntry.class::isInstance)) {
                return items.stream().map(Signing::failed).toList(); // not remembered: it may be repeated
            }
            recorded = true;
            return sequenced(items, new Submission(claim, items));
        } finally {
            if (!recorded) {
                claim.ifPresent(parts.store().requests()::abandon);
            }
        }
    }

    /// While nothing can be published (the disk is full, the log's witnesses are away), nothing is signed
    /// that could not leave.
    private void requirePublishing() {
        parts.sequencer().fault().ifPresent(fault -> {
            throw new UnavailableException(
                    "nothing is signed while the log cannot be published: " + fault, Duration.ofSeconds(1));
        });
    }

    private List<Result> sequenced(List<Item> items, Submission submission) {
        var logged = await(submission)
                .items()
                .orElseThrow(() -> new UnavailableException(
                        "the request took too long and was begun anew elsewhere", Duration.ofSeconds(1)));
        var results = new ArrayList<Result>();
        for (int i = 0; i < items.size(); i++) {
            results.add(
                    switch (items.get(i)) {
                        case Item.Failed failed -> failed(failed);
                        case NewEntry entry -> done(entry, logged.get(i));
                    });
        }
        return results;
    }

    private Sequencer.Sequenced await(Submission submission) {
        try {
            return parts.sequencer().submit(submission).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ChanceryException error) {
                throw error;
            }
            throw e;
        }
    }

    private static Result done(NewEntry entry, Sequencer.Logged logged) {
        return switch (logged.outcome()) {
            case Outcome.Logged(long index, boolean repeated) ->
                new Result.Done(new Issued(
                        index,
                        repeated,
                        entry.facts(),
                        entry.subjects(),
                        entry.blob(),
                        logged.receipt().orElseThrow()));
            case Outcome.Failed(var problem) -> new Result.Failed(Failure.read(problem));
        };
    }

    private static Result failed(Item item) {
        return switch (item) {
            case Item.Failed(var problem) -> new Result.Failed(Failure.read(problem));
            case NewEntry entry -> throw new IllegalStateException("entry " + entry.leafHash() + " did not fail");
        };
    }

    /// Asks the enclaves for those that the log could take.
    private List<Item> items(Requester requester, List<SigningRequest> requests) {
        var items = new ArrayList<Item>();
        var asked = new ArrayList<SigningRequest>();
        var places = new ArrayList<Integer>();
        for (var request : requests) {
            var lacking = lacking(request);
            if (lacking.isEmpty()) {
                places.add(items.size());
                asked.add(request);
            }
            items.add(
                    lacking.<Item>map(error -> new Item.Failed(Failure.of(error).write()))
                            .orElse(new Item.Failed(NOT_ANSWERED)));
        }
        var answers =
                asked.isEmpty() ? List.<Reply.Result>of() : parts.enclaves().sign(requester, asked);
        turns.before(signing(answers), parts.enclaves()::keys);
        for (int i = 0; i < asked.size(); i++) {
            items.set(places.get(i), item(requester, asked.get(i), answers.get(i)));
        }
        return items;
    }

    private static Set<KeyId> signing(List<Reply.Result> answers) {
        return answers.stream()
                .flatMap(answer -> answer instanceof Reply.Result.Done(var signature, var id)
                        ? Stream.of(id)
                        : Stream.<KeyId>empty())
                .collect(Collectors.toSet());
    }

    /// Stands in the place of an answer until it is there.
    private static final String NOT_ANSWERED = "{\"kind\":\"unavailable\",\"sentence\":\"no enclave answered\"}";

    private Optional<ChanceryException> lacking(SigningRequest request) {
        try {
            leaves.subjects(request);
            return Optional.empty();
        } catch (ChanceryException e) {
            return Optional.of(e);
        }
    }

    private Item item(Requester requester, SigningRequest request, Reply.Result answer) {
        return switch (answer) {
            case Reply.Result.Done(var signature, var id) -> {
                Key key = parts.enclaves()
                        .key(id)
                        .orElseThrow(
                                () -> new UnavailableException("an enclave signed with a key that it did not list"));
                yield leaves.entry(new Leaves.Made(request, key, signature, clock.instant()), requester);
            }
            case Reply.Result.Failed(var error) ->
                new Item.Failed(Failure.of(error).write());
        };
    }

    private Result known(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Logged(long index, boolean repeated) -> new Result.Done(issued(index, repeated));
            case Outcome.Failed(var problem) -> new Result.Failed(Failure.read(problem));
        };
    }

    private Issued issued(long index, boolean repeated) {
        var ledger = parts.store().ledger();
        var published = ledger.published();
        var entry = ledger.entry(index).filter(found -> found.index() < published.size());
        return entry.map(found -> issued(found, repeated, parts))
                .orElseThrow(() -> new UnavailableException(
                        "entry %d is recorded and not yet published".formatted(index), Duration.ofSeconds(1)));
    }

    /// An entry of the log with its signature and a receipt of now.
    public Issued issued(Entry entry) {
        return issued(entry, false, parts);
    }

    private static Issued issued(Entry entry, boolean repeated, Parts parts) {
        var ledger = parts.store().ledger();
        var signature = ledger.blob(entry.blob())
                .orElseThrow(() -> new UnavailableException(
                        "the signature of entry %d is not in the store".formatted(entry.index())));
        var receipt = parts.receipts().of(entry.index(), entry.leaf(), ledger.published());
        return new Issued(entry.index(), repeated, entry.facts(), entry.subjects(), signature, receipt);
    }
}
