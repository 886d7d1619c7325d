// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.keys.handle.SecretBytes;
import dev.chancery.keys.handle.SecretLine;
import dev.chancery.keys.handle.SecretSource;
import dev.chancery.keys.vault.VaultTransport.Call;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The token with which requests are made: got when the first one is made, renewed when half of its life is
/// over and one is made, got anew when Vault does not take it any more. There is no thread that does so in
/// between.
///
/// May be used by several threads at once: all state is of who holds this object's lock, which is held while
/// Vault is asked for a token, because nobody can do without.
final class VaultAccess implements AutoCloseable {
    static final String RULE = "vault-login";
    private static final String LOOKUP = "auth/token/lookup-self";

    /// A secret ID that was refused is not sent again before this time, unless another one stands in its
    /// file: five wrong ones in a quarter of an hour lock the role.
    static final Duration REFUSED_FOR = Duration.ofMinutes(5);
    /// When a renewal fails, until it is tried again.
    private static final Duration RENEWAL_PAUSE = Duration.ofSeconds(5);
    /// Bytes: more than a batch token has, less than the fields of a request may have.
    private static final int TOKEN_BYTES_MAX = 4_096;

    private static final SecretLine.Kind TOKEN = new SecretLine.Kind("token", "Vault", TOKEN_BYTES_MAX);
    private static final SecretLine.Kind SECRET_ID = new SecretLine.Kind("secret ID", "Vault", 1_024);

    /// What a request is made with: a copy of the token, which closing overwrites. `number` tells tokens apart.
    record Grant(Optional<SecretBytes> token, long number) implements AutoCloseable {
        @Override
        public void close() {
            token.ifPresent(SecretBytes::close);
        }
    }

    private final VaultTransport transport;
    private final Supplier<VaultLogin> source;
    private final InstantSource clock;
    private final Duration time;

    private @Nullable VaultLogin login;
    /// What came from a descriptor or a person and cannot be had twice.
    private @Nullable SecretBytes readOnce;

    private @Nullable SecretBytes token;
    private long number;
    private Instant renewAt = Instant.MAX;
    /// Of the token when it was got, to see that renewals give less and less.
    private long firstLease;

    private boolean renewable;
    private byte @Nullable [] refusedSecret;
    private Instant refusedUntil = Instant.MIN;
    /// By `System.nanoTime`: who waited for the lock while Vault was not there need not ask again.
    private long failedAt = System.nanoTime();

    private @Nullable UnavailableException failure;
    private boolean closed;

    VaultAccess(VaultTransport transport, Supplier<VaultLogin> source, InstantSource clock, Duration time) {
        this.transport = transport;
        this.source = source;
        this.clock = clock;
        this.time = time;
    }

    /// A token that is good as far as is known. Throws `RefusedException` with rule `vault-login` when Vault
    /// gives or takes none.
    Grant grant() {
        long asked = System.nanoTime();
        synchronized (this) {
            if (failure != null && failedAt - asked > 0) {
                throw new UnavailableException(failure.sentence(), failure);
            }
            try {
                return granted();
            } catch (UnavailableException e) {
                failure = e;
                failedAt = System.nanoTime();
                throw e;
            }
        }
    }

    private Grant granted() {
        if (closed) {
            throw new UnavailableException("the key provider for " + transport.shown() + " is closed");
        }
        if (login() instanceof VaultLogin.OfAgent) {
            return new Grant(Optional.empty(), 0);
        }
        if (token == null) {
            logIn();
        } else if (!clock.instant().isBefore(renewAt)) {
            renew();
        }
        var now = token;
        if (now == null) {
            throw new IllegalStateException("logging in gives a token or throws");
        }
        return new Grant(Optional.of(SecretBytes.owning(now.exposed().clone())), number);
    }

    /// After Vault refused a request made with this grant: whether there is another token by now, with which
    /// it may be made again. False when the token is good, so that it is the request that is not allowed.
    synchronized boolean isReplaced(Grant refused) {
        if (login() instanceof VaultLogin.OfAgent) {
            return false;
        }
        if (token != null && number == refused.number()) {
            if (lookUp(token).isDone()) {
                return false;
            }
            forget();
        }
        if (token == null) {
            logIn();
        }
        return true;
    }

    /// One round trip that tells whether the token is good.
    void check() {
        try (var grant = grant()) {
            var answer = transport.send(Call.get(LOOKUP, time), grant.token());
            if (!answer.isDone() && !isReplaced(grant)) {
                throw refused("takes no token that the agent adds", answer);
            }
        }
    }

    private VaultLogin login() {
        if (login == null) {
            login = source.get();
        }
        return login;
    }

    private void logIn() {
        switch (login()) {
            case VaultLogin.OfAgent none -> throw new IllegalStateException("an agent's client has no token");
            case VaultLogin.OfToken(var from) -> adopt(read(from, TOKEN));
            case VaultLogin.OfAppRole role -> logIn(role);
        }
    }

    /// A token from elsewhere, of which Vault says how long it lives.
    private void adopt(SecretBytes given) {
        var answer = lookUp(given);
        if (!answer.isDone()) {
            given.close();
            throw refused("does not take the token, or the token may not look itself up", answer);
        }
        try {
            var data = answer.document().object("data");
            take(given, data.number("ttl"), data.optionalFlag("renewable"));
        } catch (MalformedException e) {
            given.close();
            throw nonsense(e);
        }
    }

    private VaultAnswer lookUp(SecretBytes asked) {
        return transport.send(Call.get(LOOKUP, time), Optional.of(asked));
    }

    /// POST auth/:mount/login.
    private void logIn(VaultLogin.OfAppRole role) {
        byte[] body;
        try (var secret = read(role.secretId(), SECRET_ID)) {
            if (Arrays.equals(secret.exposed(), refusedSecret)
                    && clock.instant().isBefore(refusedUntil)) {
                throw new RefusedException(
                        RULE,
                        "%s has refused this secret ID, which is not sent again for %d minutes"
                                .formatted(transport.shown(), REFUSED_FOR.toMinutes()));
            }
            refuseSecret(null);
            body = loginBody(role.roleId(), secret);
            try {
                // Not repeatable: a secret ID may be good for one login.
                var answer = transport.send(
                        Call.post("auth/" + role.mount() + "/login", body, false, time), Optional.empty());
                if (!answer.isDone()) {
                    refuseSecret(secret.exposed().clone());
                    throw refused("does not take role ID and secret ID", answer);
                }
                takeLogin(answer);
            } finally {
                Arrays.fill(body, (byte) 0);
            }
        }
    }

    private void takeLogin(VaultAnswer answer) {
        try {
            var auth = answer.document().object("auth");
            byte[] given = auth.text("client_token").getBytes(StandardCharsets.UTF_8);
            take(headerSafe(SecretLine.owning(given, TOKEN)), auth.number("lease_duration"), auth.flag("renewable"));
        } catch (MalformedException e) {
            throw nonsense(e);
        }
    }

    /// By hand, for a `String` cannot be overwritten.
    private static byte[] loginBody(String roleId, SecretBytes secret) {
        var body = new ByteArrayOutputStream(secret.exposed().length + roleId.length() + 64);
        body.writeBytes("{\"role_id\":\"%s\",\"secret_id\":\"".formatted(roleId).getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(secret.exposed());
        body.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private void refuseSecret(byte @Nullable [] secret) {
        if (refusedSecret != null) {
            Arrays.fill(refusedSecret, (byte) 0);
        }
        refusedSecret = secret;
        refusedUntil = clock.instant().plus(REFUSED_FOR);
    }

    private void take(SecretBytes given, long seconds, boolean canBeRenewed) {
        forget();
        token = given;
        number++;
        firstLease = seconds;
        renewable = canBeRenewed;
        renewAfter(seconds);
    }

    /// A token that never ends says 0.
    private void renewAfter(long seconds) {
        renewAt = seconds <= 0 ? Instant.MAX : clock.instant().plusMillis(seconds * 1000 / 2);
    }

    /// Whatever fails here, the token is good for the other half of its life: the request goes on with it.
    private void renew() {
        renewAt = clock.instant().plus(RENEWAL_PAUSE);
        try {
            if (!renewed()) {
                replace();
            }
        } catch (ChanceryException stillGood) {
            // When the token ends, whoever asks then hears why.
        }
    }

    /// POST auth/token/renew-self. False when there is to be another token: this one cannot be renewed, or
    /// near the end of its longest life.
    private boolean renewed() {
        var old = token;
        if (!renewable || old == null) {
            return false;
        }
        byte[] body = {'{', '}'};
        var answer = transport.send(Call.post("auth/token/renew-self", body, true, time), Optional.of(old));
        if (!answer.isDone()) {
            return false;
        }
        long seconds = answer.document().object("auth").number("lease_duration");
        renewAfter(seconds);
        return seconds == 0 || seconds > firstLease / 2;
    }

    /// The token stays when the new one cannot be had, or is the old one.
    private void replace() {
        switch (login()) {
            case VaultLogin.OfAgent none -> {}
            case VaultLogin.OfAppRole role -> logIn(role);
            case VaultLogin.OfToken(var from) -> {
                var there = read(from, TOKEN);
                if (token != null && Arrays.equals(there.exposed(), token.exposed())) {
                    there.close();
                } else {
                    adopt(there);
                }
            }
        }
    }

    private SecretBytes read(SecretSource from, SecretLine.Kind kind) {
        if (from instanceof SecretSource.OfFile || from instanceof SecretSource.OfCredential) {
            return headerSafe(SecretLine.read(from, kind));
        }
        if (readOnce == null) {
            readOnce = headerSafe(SecretLine.read(from, kind));
        }
        return SecretBytes.owning(readOnce.exposed().clone());
    }

    /// Vault's own secrets have none of what would end a field, or a text in JSON.
    private static SecretBytes headerSafe(SecretBytes secret) {
        for (byte b : secret.exposed()) {
            if (b <= ' ' || b > '~' || b == '"' || b == '\\') {
                secret.close();
                throw new MalformedException("what is given as Vault's secret holds a blank, a quote, a backslash or"
                        + " a letter that is not ASCII, as none of Vault's does");
            }
        }
        return secret;
    }

    private RefusedException refused(String what, VaultAnswer answer) {
        return new RefusedException(RULE, "%s %s, with %s".formatted(transport.shown(), what, answer.said()));
    }

    private UnavailableException nonsense(MalformedException e) {
        return new UnavailableException(transport.shown() + " does not speak as it should: " + e.sentence(), e);
    }

    private void forget() {
        if (token != null) {
            token.close();
            token = null;
        }
        renewAt = Instant.MAX;
    }

    /// Overwrites what is secret. The token itself lives on in Vault until its time is over: it may be another
    /// process's as well.
    @Override
    public synchronized void close() {
        closed = true;
        forget();
        refuseSecret(null);
        if (readOnce != null) {
            readOnce.close();
            readOnce = null;
        }
    }
}
