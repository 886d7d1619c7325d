// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import dev.chancery.core.UnavailableException;
import dev.chancery.key.KeyId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A login to a token in its slot: the pool of sessions, and the handles of keys that were found and
/// checked. Of no use any more once one call finds it gone; [Token] makes another one then.
final class Connection {
    /// Sessions with one token: more than tokens do at once, fewer than they refuse.
    static final int SESSIONS_MAX = 32;
    /// How long to wait for a session that another thread has.
    private static final Duration SESSION_WAIT = Duration.ofSeconds(30);

    private final CryptokiModule module;
    private final long generation;
    private final long slot;
    /// As many as there may be sessions.
    private final Semaphore permits;
    /// Open and in nobody's hands.
    private final ConcurrentLinkedDeque<Long> spare = new ConcurrentLinkedDeque<>();
    private final ConcurrentHashMap<KeyId, Long> privateKeys = new ConcurrentHashMap<>();

    Connection(CryptokiModule module, long slot, TokenInfo info) {
        this.module = module;
        this.generation = module.generation();
        this.slot = slot;
        long most = info.sessionsMax() > 0 ? Math.min(info.sessionsMax(), SESSIONS_MAX) : SESSIONS_MAX;
        this.permits = new Semaphore((int) most, true);
    }

    long generation() {
        return generation;
    }

    void keep(long session) {
        spare.push(session);
    }

    /// Waits for its turn to have a session. Throws `UnavailableException` when that takes too long.
    void enter(String token) {
        boolean mine = false;
        try {
            mine = permits.tryAcquire(SESSION_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!mine) {
            throw new UnavailableException(
                    "%s has no session free for %d s".formatted(token, SESSION_WAIT.toSeconds()), SESSION_WAIT);
        }
    }

    void leave() {
        permits.release();
    }

    /// By who holds the module's lock shared and has entered. A session in which something failed is not
    /// used again.
    <T> T work(Token.Work<T> work) {
        Long waiting = spare.poll();
        long session = waiting == null ? module.cryptoki().openSession(slot, false) : waiting;
        boolean well = false;
        try {
            T result = work.with(new Session(module.cryptoki(), session, slot, privateKeys));
            well = true;
            return result;
        } finally {
            if (well) {
                keep(session);
            } else {
                closeQuietly(session);
            }
        }
    }

    private void closeQuietly(long session) {
        try {
            module.cryptoki().closeSession(session);
        } catch (CryptokiException gone) {
            // What went wrong before is what the caller is to see.
        }
    }

    /// By who holds the module's lock alone.
    void close() {
        try {
            module.cryptoki().closeAllSessions(slot);
        } catch (CryptokiException gone) {
            // The token is away, and its sessions with it.
        }
    }
}
