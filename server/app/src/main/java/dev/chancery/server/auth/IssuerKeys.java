// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// An issuer's keys, fetched when they are needed and kept for a while. For many threads.
///
/// They are fetched again after [#FRESH], and at once when a token names a key that is not among them, but
/// never sooner than [#PAUSE] after the last time: who sends tokens with invented key ids makes us ask twice
/// a minute and no more. If the issuer does not answer, what is there goes on being used for [#STALE_MAX].
final class IssuerKeys {
    /// How long keys are used without asking again.
    static final Duration FRESH = Duration.ofMinutes(15);
    /// Between two attempts to fetch them.
    static final Duration PAUSE = Duration.ofSeconds(30);
    /// How long keys are used when the issuer is away: a night.
    static final Duration STALE_MAX = Duration.ofHours(12);
    /// Keys of one issuer.
    static final int KEYS_MAX = 100;

    private final Issuer issuer;
    private final KeyFetch fetch;
    private final InstantSource clock;
    private final Consumer<String> log;
    /// Held while they are fetched, by one thread for all.
    private final ReentrantLock fetching = new ReentrantLock();

    /// What was fetched when; exchanged as a whole under the lock.
    private volatile Kept kept = new Kept(Map.of(), Instant.MIN);
    /// The last attempt, successful or not; changed under the lock.
    private volatile Instant tried = Instant.MIN;

    private record Kept(Map<String, JWK> keys, Instant fetched) {}

    IssuerKeys(Issuer issuer, KeyFetch fetch, InstantSource clock, Consumer<String> log) {
        this.issuer = issuer;
        this.log = log;
        this.fetch = fetch;
        this.clock = clock;
    }

    /// The key of this id; empty when the issuer has none. Throws `UnavailableException` when there are no
    /// keys that may still be used.
    Optional<JWK> find(String keyId) {
        Instant now = clock.instant();
        Kept held = kept;
        boolean fresh = held.fetched.plus(FRESH).isAfter(now);
        if (!fresh || !held.keys.containsKey(keyId)) {
            refresh(now, held, held.keys.containsKey(keyId));
            held = kept;
        }
        if (!held.fetched.plus(STALE_MAX).isAfter(now)) {
            throw new UnavailableException("the keys of issuer %s cannot be had".formatted(issuer.name()), PAUSE);
        }
        return Optional.ofNullable(held.keys.get(keyId));
    }

    /// Fetches, unless another thread did so while this one waited, or somebody tried a moment ago. Who can
    /// do with what is there does not wait for another thread.
    private void refresh(Instant now, Kept seen, boolean suffices) {
        if (suffices && !fetching.tryLock()) {
            return;
        } else if (!suffices) {
            fetching.lock();
        }
        try {
            if (kept.fetched.equals(seen.fetched) && !tried.plus(PAUSE).isAfter(now)) {
                tried = now;
                kept = new Kept(keys(fetch.get(address())), now);
            }
        } catch (IOException | MalformedException e) {
            // The last ones stay in use, as long as they may.
            log.accept("keys of issuer %s could not be fetched: %s".formatted(issuer.name(), e.getMessage()));
        } finally {
            fetching.unlock();
        }
    }

    private URI address() throws IOException {
        if (issuer.keys().jwks().isPresent()) {
            return issuer.keys().jwks().get();
        }
        Bytes document = fetch.get(issuer.discovery());
        var json = Json.parse(document, "configuration", JsonLimits.foreign(HttpKeyFetch.DOCUMENT_BYTES_MAX))
                .json();
        if (json instanceof Json.Members members
                && members.fields().get("issuer") instanceof Json.Text said
                && said.value().equals(issuer.name())
                && members.fields().get("jwks_uri") instanceof Json.Text address) {
            return Issuer.address(address.value());
        }
        throw new MalformedException("the configuration of issuer %s is another's".formatted(issuer.name()));
    }

    private static Map<String, JWK> keys(Bytes document) {
        try {
            var keys = new HashMap<String, JWK>();
            var set = JWKSet.parse(new String(document.toArray(), StandardCharsets.UTF_8));
            for (JWK key : set.getKeys()) {
                String id = key.getKeyID();
                if (id != null && keys.putIfAbsent(id, key) != null) {
                    throw MalformedException.value("key id", id, "stands in the key set twice");
                }
            }
            if (keys.isEmpty() || keys.size() > KEYS_MAX) {
                throw new MalformedException("%d keys are not 1 to %d".formatted(keys.size(), KEYS_MAX));
            }
            return Map.copyOf(keys);
        } catch (ParseException e) {
            throw new MalformedException("key set is not well formed", e);
        }
    }
}
