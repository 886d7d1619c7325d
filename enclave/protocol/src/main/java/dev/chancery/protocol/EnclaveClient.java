// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.Requester;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Asks an enclave through its request door. One connection, which several threads may use at once: each asks
/// without waiting for the others' answers.
///
/// What the enclave answers with an error is thrown as that error. A connection that broke is *unavailable*,
/// and stays so: whether the last questions were answered nobody knows here, the audit chain does.
public final class EnclaveClient implements AutoCloseable {
    private final SocketChannel channel;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong ids = new AtomicLong();
    private final ConcurrentHashMap<Long, CompletableFuture<Reply.Answer>> waiting = new ConcurrentHashMap<>();
    /// Written once by the reading thread.
    private volatile @Nullable ChanceryException broken;

    private EnclaveClient(SocketChannel channel) {
        this.channel = channel;
        Thread.ofVirtual().name("chancery-answers").start(this::readAll);
    }

    /// Throws `UnavailableException` when nobody listens there, or we may not connect.
    public static EnclaveClient connect(Path socket) {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new EnclaveClient(channel);
        } catch (IOException | IllegalArgumentException e) {
            close(channel);
            throw new UnavailableException(
                    "enclave's socket %s does not answer: %s".formatted(Quoted.text(socket.toString()), e.getMessage()),
                    e);
        }
    }

    private static void close(@Nullable SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ignored) {
            // It is given up anyway.
        }
    }

    /// One signature, for the user whose process this is.
    public Signature sign(SigningRequest request) {
        var result = sign(Optional.empty(), List.of(request)).getFirst();
        return switch (result) {
            case Reply.Result.Done done -> new Signature(request.format(), request.encoding(), done.signature());
            case Reply.Result.Failed failed -> throw failed.error();
        };
    }

    /// Many signatures, for a requester that this process vouches for where one is given. The results are in
    /// the order of the requests.
    public List<Reply.Result> sign(Optional<Requester> requester, List<SigningRequest> requests) {
        var answer = await(ask(new Question.Sign(requester, requests)));
        if (answer instanceof Reply.Signed signed && signed.results().size() == requests.size()) {
            return signed.results();
        }
        throw unfitting();
    }

    /// A salt for one signature, for the user whose process this is: what [dev.chancery.hashing.Measure]
    /// wants to be hashed before the content. It is good for six hours and one request.
    public Salt salt(SigningRequest.Target target) {
        return salts(new Question.Salts(Optional.empty(), target.authority(), target.format(), 1))
                .getFirst();
    }

    /// As many salts as are asked for.
    public List<Salt> salts(Question.Salts wanted) {
        if (await(ask(wanted)) instanceof Reply.Salts salts && salts.salts().size() == wanted.count()) {
            return salts.salts();
        }
        throw unfitting();
    }

    /// The keys that this process may have used.
    public List<Key> keys() {
        if (await(ask(new Question.Keys())) instanceof Reply.Keys keys) {
            return keys.keys();
        }
        throw unfitting();
    }

    public Health health() {
        if (await(ask(new Question.HowAreYou())) instanceof Health health) {
            return health;
        }
        throw unfitting();
    }

    private static MalformedException unfitting() {
        return new MalformedException("the enclave's answer does not fit the question");
    }

    private static Reply.Answer await(CompletableFuture<Reply.Answer> future) {
        Reply.Answer answer;
        try {
            answer = future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ChanceryException error) {
                throw error;
            }
            throw e;
        }
        if (answer instanceof Reply.Fault fault) {
            throw fault.error();
        }
        return answer;
    }

    /// Sends a question and does not wait. The future fails with `UnavailableException` when the connection
    /// breaks.
    public CompletableFuture<Reply.Answer> ask(Question.Ask ask) {
        var question = new Question(ids.incrementAndGet(), ask);
        var future = new CompletableFuture<Reply.Answer>();
        waiting.put(question.id(), future);
        Bytes body = question.write();
        writing.lock();
        try {
            Frames.write(channel, body);
        } catch (IOException e) {
            fail(lost(e));
        } finally {
            writing.unlock();
        }
        var known = broken;
        if (known != null) {
            fail(known); // it may have broken before this question was put among those that wait
        }
        return future;
    }

    private static UnavailableException lost(IOException e) {
        return new UnavailableException("the connection to the enclave broke: " + e.getMessage(), e);
    }

    private void readAll() {
        try {
            var length = Frames.readLength(channel, Frames.ANSWER_BYTES_MAX);
            while (length.isPresent()) {
                var reply = Reply.read(Frames.readBody(channel, length.get()));
                var future = waiting.remove(reply.id());
                if (future == null) {
                    throw reply.answer() instanceof Reply.Fault fault ? fault.error() : unfitting();
                }
                future.complete(reply.answer());
                length = Frames.readLength(channel, Frames.ANSWER_BYTES_MAX);
            }
            fail(new UnavailableException("the enclave closed the connection"));
        } catch (IOException e) {
            fail(lost(e));
        } catch (ChanceryException e) {
            fail(e);
        }
    }

    private void fail(ChanceryException error) {
        broken = error;
        close(channel);
        waiting.keySet().forEach(id -> {
            var future = waiting.remove(id);
            if (future != null) {
                future.completeExceptionally(error);
            }
        });
    }

    @Override
    public void close() {
        close(channel);
    }
}
