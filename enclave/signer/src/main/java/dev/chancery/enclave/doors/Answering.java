// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.protocol.Frames;
import dev.chancery.protocol.Reply;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Sends a connection's answers, in a thread of its own: who signs never waits for who reads.
///
/// What is asked and not yet answered is bounded, so the answers that wait here are.
final class Answering implements AutoCloseable {
    /// Without an answer: the end.
    private record Waiting(Optional<Reply> reply, Load load) {}

    private final Connection connection;
    private final Load.Limit ofPeer;
    private final Load.Limit ofConnection = Load.Limit.ofConnection();
    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;

    Answering(Connection connection, Load.Limit ofPeer) {
        this.connection = connection;
        this.ofPeer = ofPeer;
        this.thread = Thread.ofVirtual().name("chancery-answering").start(this::sendAll);
    }

    /// Waits until so much more may be worked on.
    void begin(Load load) {
        ofConnection.take(load);
        ofPeer.take(load);
    }

    /// Gives back what was begun and came to nothing.
    void giveBack(Load load) {
        ofPeer.giveBack(load);
        ofConnection.giveBack(load);
    }

    /// Sends an answer when it can be sent; then what was begun for it is done.
    void send(Reply reply, Load load) {
        waiting.add(new Waiting(Optional.of(reply), load));
    }

    private void sendAll() {
        boolean gone = false;
        for (Waiting next = take(); next.reply().isPresent(); next = take()) {
            gone = gone || !send(next.reply().get());
            giveBack(next.load());
        }
    }

    private boolean send(Reply reply) {
        try {
            var body = reply.write();
            Frames.write(connection, body.length() <= Frames.ANSWER_BYTES_MAX ? body : tooLong(reply.id()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Bytes tooLong(long id) {
        var fault = new MalformedException("the signatures together have more than %d octets; ask for fewer at once"
                .formatted(Frames.ANSWER_BYTES_MAX));
        return new Reply(id, new Reply.Fault(fault)).write();
    }

    private Waiting take() {
        while (true) {
            try {
                return waiting.take();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread on purpose; its end is an entry in the queue.
            }
        }
    }

    /// Waits until all that was begun has been answered, or cannot be any more.
    @Override
    public void close() {
        ofConnection.takeAllRequests();
        waiting.add(new Waiting(Optional.empty(), Load.NONE));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
