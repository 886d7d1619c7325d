// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// A listening socket and the connections to it.
///
/// Anybody on the machine may connect; who is answered, the kernel's word on the peer decides. So many
/// connections are there at once; others wait in the kernel's queue. One peer may have three quarters of
/// them.
final class Door implements AutoCloseable {
    /// What serves connections, each in a thread of its own, now or when its turn comes.
    interface Serving {
        void begin(Requester peer, Runnable service);
    }

    /// What a kind of door allows: connections at once, and seconds of silence; and what serves them.
    record Terms(int connections, long silenceSecondsMax, Serving serving) {}

    /// inode(7): `S_IFMT`, `S_IFSOCK`.
    private static final int FILE_TYPE = 0170000;

    private static final int SOCKET = 0140000;

    private final ServerSocketChannel listening;
    private final Peers peers;
    private final Conversation conversation;
    private final Terms terms;
    private final Semaphore free;
    private final Thread accepting =
            Thread.ofPlatform().name("chancery-door").daemon().unstarted(this::accept);
    private final Map<Requester, Semaphore> perPeer = new ConcurrentHashMap<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private Door(ServerSocketChannel listening, Peers peers, Conversation conversation, Terms terms) {
        this.listening = listening;
        this.peers = peers;
        this.conversation = conversation;
        this.terms = terms;
        this.free = new Semaphore(terms.connections());
    }

    /// Makes the socket; nobody is answered before [#open]. A socket that an enclave left behind is replaced;
    /// one that somebody listens at is not.
    static Door make(Path socket, Peers peers, Conversation conversation, Terms terms) {
        try {
            removeLeftover(socket);
            var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listening.bind(UnixDomainSocketAddress.of(socket), terms.connections());
            // connect(2) demands the right to write; who may ask is decided by the peer's user ID.
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
            return new Door(listening, peers, conversation, terms);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnavailableException(
                    "socket %s cannot be made: %s".formatted(Quoted.text(socket.toString()), e.getMessage()), e);
        }
    }

    private static void removeLeftover(Path socket) throws IOException {
        try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException nobody) {
            if (isSocket(socket)) {
                Files.delete(socket);
            }
            return;
        }
        throw new IOException("another process listens there");
    }

    /// Nothing else is ever removed: the path may be a slip of the pen.
    private static boolean isSocket(Path path) throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) instanceof Integer mode
                && (mode & FILE_TYPE) == SOCKET;
    }

    /// Begins to answer.
    void open() {
        accepting.start();
    }

    private void accept() {
        while (listening.isOpen()) {
            free.acquireUninterruptibly();
            try {
                admit(new Connection(listening.accept()));
            } catch (AsynchronousCloseException closed) {
                free.release();
                return;
            } catch (IOException e) {
                free.release();
                pause(); // such as too many open files, which passes
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(Connection connection) {
        connections.add(connection);
        try {
            Requester peer = peers.of(connection.channel())
                    .orElseThrow(() ->
                            new RefusedException("no-requester", "no signing rule of this enclave names your user"));
            var places = perPeer.computeIfAbsent(peer, who -> new Semaphore(terms.connections() * 3 / 4));
            if (!places.tryAcquire()) {
                throw new UnavailableException("requester %s has too many connections here".formatted(peer));
            }
            terms.serving().begin(peer, () -> serve(connection, peer, places));
        } catch (ChanceryException e) {
            turnAway(connection, e);
        } catch (IOException gone) {
            end(connection);
        }
    }

    /// What is said fits the socket's buffer, so nobody waits for who does not read it.
    private void turnAway(Connection connection, ChanceryException reason) {
        try {
            conversation.turnAway(connection, reason);
        } catch (IOException gone) {
            // Nobody is left to be told.
        } finally {
            end(connection);
        }
    }

    private void serve(Connection connection, Requester peer, Semaphore places) {
        try {
            conversation.hold(connection, peer);
        } catch (IOException gone) {
            // Nobody is left to be told. What was signed is on record.
        } finally {
            places.release();
            end(connection);
        }
    }

    private void end(Connection connection) {
        close(connection);
        connections.remove(connection);
        free.release();
    }

    /// Ends connections that have been silent for too long where something was owed.
    void sweep() {
        for (Connection connection : connections) {
            if (connection.isSilentFor(terms.silenceSecondsMax())) {
                close(connection);
            }
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (IOException ignored) {
            // It is gone, as it should be.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        connections.forEach(Door::close);
        try {
            accepting.join(); // the socket listens until the last call on it has returned
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
