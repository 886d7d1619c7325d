// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.Asker;
import dev.chancery.enclave.Engine;
import dev.chancery.key.Key;
import dev.chancery.protocol.Frames;
import dev.chancery.protocol.Question;
import dev.chancery.protocol.Reply;
import dev.chancery.protocol.SigningRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Reads one connection's questions and has them worked on.
final class RequestReader {
    private static final Load FAULT = new Load(1, 0);

    private final RequestConversation conversation;
    private final Connection connection;
    private final Answering answering;

    RequestReader(RequestConversation conversation, Connection connection, Answering answering) {
        this.conversation = conversation;
        this.connection = connection;
        this.answering = answering;
    }

    /// Until the other side has said all, or something that cannot be told apart from the next.
    void readAll(Requester peer) throws IOException {
        boolean more = true;
        while (more) {
            connection.expectMore(false);
            Optional<Integer> length;
            try {
                length = Frames.readLength(connection, Frames.QUESTION_BYTES_MAX);
            } catch (MalformedException e) {
                answering.begin(FAULT);
                fault(0, e, FAULT);
                return;
            }
            more = length.isPresent() && read(length.get(), peer);
        }
    }

    /// What a question weighs is known when it was read, but for its octets, for which there must be room
    /// before.
    private boolean read(int length, Requester peer) throws IOException {
        var octets = new Load(0, Load.weight(length));
        answering.begin(octets);
        Bytes body;
        try {
            connection.expectMore(true);
            body = Frames.readBody(connection, length);
            connection.expectMore(false);
        } catch (IOException e) {
            answering.giveBack(octets);
            throw e;
        }
        return answer(body, peer, octets);
    }

    private boolean answer(Bytes body, Requester peer, Load octets) {
        Question question;
        try {
            question = Question.read(body);
        } catch (MalformedException e) {
            long id = Question.idOf(body);
            fault(id, e, begin(1, octets));
            return id != 0;
        }
        var load = begin(requests(question.ask()), octets);
        long id = question.id();
        switch (question.ask()) {
            case Question.Sign sign -> sign(id, sign, new Asked(peer, load));
            case Question.Salts salts -> salts(id, salts, new Asked(peer, load));
            case Question.Keys keys -> answering.send(new Reply(id, conversation.keys(peer)), load);
            case Question.HowAreYou health -> answering.send(new Reply(id, conversation.health(peer)), load);
        }
        return true;
    }

    /// A salt weighs as much as a request: there is one for each.
    private static int requests(Question.Ask ask) {
        return switch (ask) {
            case Question.Sign sign -> sign.requests().size();
            case Question.Salts salts -> salts.count();
            case Question.Keys keys -> 1;
            case Question.HowAreYou health -> 1;
        };
    }

    private Load begin(int requests, Load octets) {
        answering.begin(new Load(requests, 0));
        return new Load(requests, octets.octets());
    }

    private void fault(long id, ChanceryException error, Load load) {
        answering.send(new Reply(id, new Reply.Fault(error)), load);
    }

    private record Asked(Requester peer, Load load) {}

    private void sign(long id, Question.Sign sign, Asked asked) {
        Asker asker;
        try {
            asker = asker(sign.requester(), sign.requests().size(), asked.peer());
        } catch (RefusedException e) {
            fault(id, e, asked.load());
            return;
        }
        var results = new Results(sign.requests().size(), all -> {
            answering.send(new Reply(id, new Reply.Signed(all)), asked.load());
        });
        for (int i = 0; i < sign.requests().size(); i++) {
            var request = sign.requests().get(i);
            var place = results.place(i);
            conversation.add(request, asker.requester(), () -> sign(asker, request, place));
        }
    }

    /// Whatever happens becomes an answer: a connection whose work is lost would wait for ever.
    private void sign(Asker asker, SigningRequest request, Engine.Receiver place) {
        try {
            conversation.office().engine().sign(asker, request, place);
        } catch (ChanceryException e) {
            place.failed(e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            place.failed(new UnavailableException("the enclave failed: " + e, e));
        }
    }

    /// The answers to one question, told when the last of them is there.
    private static final class Results {
        private final AtomicReferenceArray<Reply.Result> places;
        private final AtomicInteger open;
        private final Consumer<List<Reply.Result>> told;

        Results(int count, Consumer<List<Reply.Result>> told) {
            this.places = new AtomicReferenceArray<>(count);
            this.open = new AtomicInteger(count);
            this.told = told;
        }

        Engine.Receiver place(int index) {
            return new Engine.Receiver() {
                @Override
                public void signed(Signature signature, Key key) {
                    put(index, new Reply.Result.Done(signature.bytes(), key.id()));
                }

                @Override
                public void failed(ChanceryException error) {
                    put(index, new Reply.Result.Failed(error));
                }
            };
        }

        /// The first answer counts.
        private void put(int index, Reply.Result result) {
            if (places.compareAndSet(index, null, result) && open.decrementAndGet() == 0) {
                told.accept(IntStream.range(0, places.length())
                        .mapToObj(places::get)
                        .toList());
            }
        }
    }

    private void salts(long id, Question.Salts salts, Asked asked) {
        Reply.Answer answer;
        try {
            answer = conversation.salts(salts, asker(salts.requester(), salts.count(), asked.peer()));
        } catch (ChanceryException e) {
            answer = new Reply.Fault(e);
        }
        answering.send(new Reply(id, answer), asked.load());
    }

    private Asker asker(Optional<Requester> wanted, int batch, Requester peer) {
        if (wanted.isEmpty()) {
            return new Asker(peer, Optional.empty(), batch);
        }
        Requester other = wanted.get();
        if (!conversation.office().vouchers().contains(peer)) {
            throw new RefusedException("voucher", "requester %s may not ask for %s".formatted(peer, other));
        }
        if (!Peers.mayBeVouchedFor(other)) {
            throw new RefusedException(
                    "voucher", "nobody vouches for %s: a user of this machine asks himself".formatted(other));
        }
        return new Asker(other, Optional.of(peer), batch);
    }
}
