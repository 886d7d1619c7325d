// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.keys.handle.SecretBytes;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One token, found by its label wherever it is plugged in, and logged in to once.
///
/// Work that finds the session, the login or the token gone is done again, once after the token was looked
/// for anew and once more after the module was initialised anew; then it fails with `UnavailableException`,
/// and the next work begins from the start. A PIN that was refused is never tried again by this object,
/// because tokens count.
///
/// May be used by several threads at once.
final class Token implements AutoCloseable {
    private static final String PIN_RULE = "key-pin";

    /// What is done with a session. May be run again: nothing in it is to be harmful when it happens twice.
    @FunctionalInterface
    interface Work<T> {
        T with(Session session);
    }

    private final Supplier<CryptokiModule> loading;
    private final String label;
    private final Supplier<SecretBytes> pinSource;

    /// Once it was needed.
    private volatile @Nullable CryptokiModule loaded;
    /// Written by who holds the module's lock alone.
    private volatile @Nullable Connection connection;
    /// Read once, because a descriptor cannot be read twice, and kept to log in again. Of who holds the
    /// lock alone.
    private @Nullable SecretBytes pin;
    /// Of who holds the lock alone.
    private @Nullable String pinRefused;

    /// Nothing is loaded and no PIN read before the first use. `pinSource` is asked once.
    Token(Supplier<CryptokiModule> loading, String label, Supplier<SecretBytes> pinSource) {
        this.loading = loading;
        this.label = label;
        this.pinSource = pinSource;
    }

    String shown() {
        return "token " + Quoted.text(label);
    }

    /// Throws `UnavailableException` when the token does not answer and `RefusedException` with rule
    /// `key-pin` when it does not take the PIN, or with rule `token-choice` when two tokens have the label.
    <T> T use(Work<T> work) {
        var module = module();
        try {
            return attempt(module, work);
        } catch (CryptokiException first) {
            requireLost(first);
        }
        long generation = module.generation();
        try {
            return attempt(module, work);
        } catch (CryptokiException second) {
            requireLost(second);
            restart(module, generation);
        }
        try {
            return attempt(module, work);
        } catch (CryptokiException last) {
            throw unavailable(last);
        }
    }

    private CryptokiModule module() {
        var there = loaded;
        if (there != null) {
            return there;
        }
        var module = loading.get();
        loaded = module;
        return module;
    }

    /// Unless another thread was faster.
    private void restart(CryptokiModule module, long generation) {
        module.alone(() -> {
            if (module.generation() != generation) {
                return false;
            }
            drop(module);
            return module.restart();
        });
    }

    /// Whether the token is plugged in. Logs in to nothing.
    boolean isThere() {
        var module = module();
        try {
            return module.alone(() -> slot(module.cryptoki()) >= 0);
        } catch (CryptokiException e) {
            return false;
        }
    }

    private void requireLost(CryptokiException e) {
        if (!e.value().saysLost()) {
            throw unavailable(e);
        }
    }

    private UnavailableException unavailable(CryptokiException e) {
        String what = e.value().saysFull() ? "is full" : "is not there or does not do what it was asked";
        return new UnavailableException("%s %s: %s".formatted(shown(), what, e.sentence()), e);
    }

    private <T> T attempt(CryptokiModule module, Work<T> work) {
        var current = connected(module);
        current.enter(shown());
        try {
            return module.shared(() -> {
                if (!isCurrent(current, module)) {
                    throw new CryptokiException("waiting for a session", ReturnValue.CKR_SESSION_CLOSED);
                }
                return current.work(work);
            });
        } catch (CryptokiException e) {
            if (e.value().saysLost()) {
                module.alone(() -> {
                    if (isCurrent(current, module)) {
                        drop(module);
                    }
                    return true;
                });
            }
            throw e;
        } finally {
            current.leave();
        }
    }

    private boolean isCurrent(@Nullable Connection one, CryptokiModule module) {
        return one != null && one == connection && one.generation() == module.generation();
    }

    private Connection connected(CryptokiModule module) {
        var there = connection;
        if (there != null && isCurrent(there, module)) {
            return there;
        }
        return module.alone(() -> {
            var meanwhile = connection;
            if (meanwhile != null && isCurrent(meanwhile, module)) {
                return meanwhile;
            }
            drop(module);
            return connect(module);
        });
    }

    /// A module that sees no such token is initialised again before that is believed.
    private Connection connect(CryptokiModule module) {
        if (pinRefused != null) {
            throw new RefusedException(PIN_RULE, pinRefused + "; it is not tried again before a restart");
        }
        try {
            return connectOnce(module);
        } catch (CryptokiException e) {
            if (!e.value().saysLost() || !module.restart()) {
                throw e;
            }
        }
        return connectOnce(module);
    }

    private Connection connectOnce(CryptokiModule module) {
        var cryptoki = module.cryptoki();
        long slot = slot(cryptoki);
        var info = cryptoki.getTokenInfo(slot);
        long session = cryptoki.openSession(slot, false);
        try {
            login(cryptoki, session, info);
        } catch (CryptokiException | RefusedException | UnavailableException e) {
            cryptoki.closeSession(session);
            throw e;
        }
        var made = new Connection(module, slot, info);
        made.keep(session);
        connection = made;
        module.connected().incrementAndGet();
        return made;
    }

    private void drop(CryptokiModule module) {
        var dropped = connection;
        connection = null;
        if (dropped != null) {
            module.connected().decrementAndGet();
            if (dropped.generation() == module.generation()) {
                dropped.close();
            }
        }
    }

    /// Throws `CKR_TOKEN_NOT_PRESENT` when no token has the label.
    private long slot(Cryptoki cryptoki) {
        long found = -1;
        for (long slot : cryptoki.getSlotList()) {
            if (isMine(cryptoki, slot)) {
                if (found >= 0) {
                    throw new RefusedException("token-choice", "two tokens are labelled " + Quoted.text(label));
                }
                found = slot;
            }
        }
        if (found < 0) {
            throw new CryptokiException("C_GetSlotList for " + shown(), ReturnValue.CKR_TOKEN_NOT_PRESENT);
        }
        return found;
    }

    private boolean isMine(Cryptoki cryptoki, long slot) {
        try {
            var info = cryptoki.getTokenInfo(slot);
            return info.has(Ck.CKF_TOKEN_INITIALIZED) && info.label().equals(label);
        } catch (CryptokiException unplugged) {
            return false;
        }
    }

    /// The last try that a token grants is not ours to take: a person with the right PIN resets the count.
    private void login(Cryptoki cryptoki, long session, TokenInfo info) {
        if (info.has(Ck.CKF_USER_PIN_LOCKED)) {
            throw refused("its PIN is locked");
        }
        if (info.has(Ck.CKF_USER_PIN_FINAL_TRY)) {
            throw refused("one more wrong PIN would lock it; log in with the vendor's own tool first");
        }
        if (pin == null) {
            pin = pinSource.get();
        }
        try {
            cryptoki.login(session, pin.exposed());
        } catch (CryptokiException e) {
            switch (e.value()) {
                case CKR_USER_ALREADY_LOGGED_IN -> {}
                case CKR_PIN_LOCKED -> throw refused("its PIN is locked");
                case CKR_PIN_INCORRECT,
                        CKR_PIN_INVALID,
                        CKR_PIN_LEN_RANGE,
                        CKR_PIN_EXPIRED,
                        CKR_USER_PIN_NOT_INITIALIZED -> throw refused("it refuses the PIN, " + e.sentence());
                default -> throw e;
            }
        }
    }

    private RefusedException refused(String why) {
        pinRefused = "%s is not opened: %s".formatted(shown(), why);
        closePin();
        return new RefusedException(PIN_RULE, pinRefused);
    }

    private void closePin() {
        if (pin != null) {
            pin.close();
            pin = null;
        }
    }

    /// Logs out and overwrites the PIN.
    @Override
    public void close() {
        var module = loaded;
        if (module != null) {
            module.alone(() -> {
                drop(module);
                closePin();
                return true;
            });
        }
    }
}
