// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;
import dev.chancery.keys.handle.FileFault;
import dev.chancery.keys.handle.Permissions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/// One loaded module, which a process initialises once whatever number of tokens it serves, and the lock
/// that keeps C_Finalize away from all other calls.
///
/// Ordinary work holds the lock shared: from the check that its session is still of this generation until
/// it gives the session back. Whoever closes sessions, logs in or initialises again holds it alone. Handles
/// are numbers that a module gives out anew after C_Initialize, so a session of an earlier generation could
/// be somebody else's; under the lock nobody uses one.
final class CryptokiModule {
    /// How long to wait for calls to end that stand in the way: a token may make an RSA key, or hang.
    private static final Duration ALONE_WAIT = Duration.ofSeconds(60);
    /// How often the sessions of other tokens may be sacrificed to find one that is away.
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(10);

    private static final ConcurrentHashMap<Path, CryptokiModule> LOADED = new ConcurrentHashMap<>();

    private final Cryptoki cryptoki;
    private final String shown;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    /// How many tokens have a connection; each counts itself.
    private final AtomicInteger connected = new AtomicInteger();
    /// How often the module was initialised. Written by who holds the lock alone.
    private final AtomicLong generation = new AtomicLong();
    /// By `System.nanoTime`, which measures and tells no time. Of who holds the lock alone.
    private long restarted;

    private CryptokiModule(Path library) {
        this.cryptoki = Cryptoki.load(library);
        this.shown = "PKCS #11 module " + Quoted.text(library.toString());
        initialize();
    }

    /// The module in this file, loaded by the first who asks.
    ///
    /// Throws `RefusedException` (rule `key-permissions`) when others than root and the caller can write
    /// the file: its code would run here and see the PIN. Throws `UnavailableException` when it cannot be
    /// loaded.
    static CryptokiModule load(Path file) {
        Path library;
        try {
            library = file.toRealPath();
        } catch (IOException e) {
            throw new UnavailableException(FileFault.sentence("PKCS #11 module", file, "cannot be loaded", e), e);
        }
        Permissions.requireTrusted("PKCS #11 module", library);
        return LOADED.computeIfAbsent(library, CryptokiModule::new);
    }

    private void initialize() {
        try {
            cryptoki.initialize();
        } catch (CryptokiException e) {
            if (e.value() != ReturnValue.CKR_CRYPTOKI_ALREADY_INITIALIZED) {
                throw new UnavailableException(shown + " cannot be initialised: " + e.sentence(), e);
            }
        }
    }

    Cryptoki cryptoki() {
        return cryptoki;
    }

    long generation() {
        return generation.get();
    }

    AtomicInteger connected() {
        return connected;
    }

    /// Runs what only uses sessions of its own.
    <T> T shared(Supplier<T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Runs what takes sessions away from others; not to be called by who holds the lock shared.
    <T> T alone(Supplier<T> work) {
        boolean held = false;
        try {
            held = lock.writeLock().tryLock(ALONE_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!held) {
            throw new UnavailableException(
                    "%s is in a call that has not ended for %d s".formatted(shown, ALONE_WAIT.toSeconds()));
        }
        try {
            return work.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// C_Finalize and C_Initialize, for modules that look for tokens only then, as SoftHSM does. All tokens
    /// of the module lose their sessions and log in again with their next call. Does nothing, and says so,
    /// where that would hurt other tokens too often. To be called by who holds the lock alone.
    boolean restart() {
        long now = System.nanoTime();
        boolean alone = connected.get() == 0;
        if (!alone && generation.get() > 0 && now - restarted < RESTART_PAUSE.toNanos()) {
            return false;
        }
        restarted = now;
        generation.incrementAndGet();
        try {
            cryptoki.finish();
        } catch (CryptokiException alreadyGone) {
            // What counts is that the next call succeeds.
        }
        initialize();
        return true;
    }
}
