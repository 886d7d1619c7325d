// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.request;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.store.sql.Database;
import dev.chancery.store.sql.Row;
import dev.chancery.store.sql.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The requests with an Idempotency-Key. See the package comment.
public final class Requests {
    /// After which a request that was begun may be begun by somebody else: longer than requests take, and as
    /// long as a client may have to wait when a server has died and does not come back.
    public static final Duration LEASE = Duration.ofSeconds(60);
    /// How long answers are kept at least: a client that was switched off for a weekend may repeat a request.
    public static final Duration RETENTION = Duration.ofDays(7);

    private static final String FIND = "SELECT request_hash, state, attempt, instance, run, begun FROM request"
            + " WHERE requester = ? AND request_key = ?";
    private static final String INSERT =
            "INSERT INTO request (requester, request_key, request_hash, state, attempt, instance, run, begun)"
                    + " VALUES (?, ?, ?, 'begun', 1, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String BEGIN_ANEW =
            "UPDATE request SET request_hash = ?, state = 'begun', attempt = ?, instance = ?, run = ?, begun = ?"
                    + " WHERE requester = ? AND request_key = ?";
    private static final String HELD = " WHERE requester = ? AND request_key = ? AND attempt = ? AND state = 'begun'";
    private static final String START = "INSERT INTO instance (name, run, seen) VALUES (?, 1, ?)"
            + " ON CONFLICT (name) DO UPDATE SET run = instance.run + 1, seen = excluded.seen RETURNING run";

    private static final String SEEN = "INSERT INTO instance (name, run, seen) VALUES (?, 0, ?)"
            + " ON CONFLICT (name) DO UPDATE SET seen = excluded.seen";

    private final Database database;
    private final Instance instance;
    private final InstantSource clock;
    /// The number of this start of the instance, from the first time that it is needed; guarded by `this`.
    private Optional<Long> run = Optional.empty();

    public Requests(Database database, Instance instance, InstantSource clock) {
        this.database = database;
        this.instance = instance;
        this.clock = clock;
    }

    private record Known(Digest hash, String state, long attempt, String instance, long run, Instant begun) {
        static Known read(Row row) {
            return new Known(row.sha256(), row.text(), row.number(), row.text(), row.number(), row.time());
        }
    }

    /// Begins a request, unless it was begun or answered before.
    ///
    /// @param hash the SHA-256 of what was asked, all of it that matters
    public Begun begin(RequestKey key, Digest hash) {
        if (hash.algorithm() != DigestAlgorithm.SHA256) {
            throw MalformedException.value("hash of a request", hash.toString(), "is not one of SHA-256");
        }
        long current = run();
        return database.write(session -> begin(session, key, hash, current));
    }

    private Begun begin(Session session, RequestKey key, Digest hash, long current) {
        Instant now = clock.instant();
        String requester = key.requester().text();
        int inserted = session.update(INSERT, requester, key.key(), hash, instance.name(), current, now);
        if (inserted == 1) {
            return new Begun.Fresh(new Claim(key, 1));
        }
        // Purging locks the row as well, and an answer that is purged now may be lost at any time.
        Optional<Known> found = session.first(session.dialect().locking(FIND), Known::read, requester, key.key());
        if (found.isEmpty()) {
            return new Begun.InProgress();
        }
        Known known = found.get();
        if (known.state().equals("begun") && known.hash().equals(hash) && !isOver(known, now, current)) {
            return new Begun.InProgress();
        }
        if (!known.state().equals("abandoned") && !known.hash().equals(hash)) {
            return new Begun.Different();
        }
        if (known.state().equals("answered")) {
            return new Begun.Answered(Answers.outcomes(session, key));
        }
        long attempt = known.attempt() + 1;
        session.update(BEGIN_ANEW, hash, attempt, instance.name(), current, now, requester, key.key());
        return new Begun.Fresh(new Claim(key, attempt));
    }

    /// A lease that ends further away than it is long was begun by a clock that has been set back since.
    private boolean isOver(Known known, Instant now, long current) {
        boolean died = known.instance().equals(instance.name()) && known.run() < current;
        return died || Duration.between(known.begun(), now).abs().compareTo(LEASE) >= 0;
    }

    /// Makes the lease of a claim begin now. False: the claim has lapsed, or the request is answered.
    public boolean renew(Claim claim) {
        return change("UPDATE request SET begun = ?" + HELD, claim, clock.instant());
    }

    /// Nothing came of the request: it may be begun again at once. A claim that has lapsed abandons nothing.
    public boolean abandon(Claim claim) {
        return change("UPDATE request SET state = ?" + HELD, claim, "abandoned");
    }

    private boolean change(String change, Claim claim, Object value) {
        var key = claim.request();
        return database.write(
                session -> session.update(change, value, key.requester().text(), key.key(), claim.attempt()) == 1);
    }

    /// Forgets requests that were begun before this time, however they ended; entries of the log stay.
    /// Returns how many. A time within [#RETENTION] is malformed.
    public int forgetBefore(Instant time) {
        Instant latest = clock.instant().minus(RETENTION);
        if (time.isAfter(latest)) {
            throw MalformedException.value(
                    "time",
                    time.toString(),
                    "is after " + latest + ": answers are kept for " + RETENTION.toDays() + " days");
        }
        return database.write(session -> session.update("DELETE FROM request WHERE begun < ?", time));
    }

    /// Claims of former starts of this instance lapse from now on.
    private synchronized long run() {
        if (run.isEmpty()) {
            run = Optional.of(
                    database.write(session -> session.first(START, Row::number, instance.name(), clock.instant())
                            .orElseThrow()));
        }
        return run.get();
    }

    /// Writes down that this instance was here now.
    public void show() {
        database.write(session -> session.update(SEEN, instance.name(), clock.instant()));
    }
}
