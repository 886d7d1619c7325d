// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.job;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.ledger.Page;
import dev.chancery.store.sql.Database;
import dev.chancery.store.sql.Row;
import dev.chancery.store.sql.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The queue. See the package comment.
public final class Jobs {
    /// Leases of a job before it is given up.
    public static final int ATTEMPTS_MAX = 8;
    /// Jobs that wait or are leased.
    public static final int ACTIVE_MAX = 100_000;

    /// Usually.
    public static final Duration LEASE = Duration.ofSeconds(60);

    public static final Duration LEASE_MIN = Duration.ofSeconds(5);
    public static final Duration LEASE_MAX = Duration.ofMinutes(10);
    /// After the first attempt; it doubles each time.
    public static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    /// How long jobs that ended are kept at least.
    public static final Duration RETENTION = Duration.ofDays(30);

    private static final Duration FULL_WAIT = Duration.ofMinutes(1);

    private static final String COLUMNS = "SELECT job_id, place, artifact, priority, submitter, submitted, state,"
            + " changed, due, attempts, worker, report FROM job ";
    private static final String ACTIVE = "state IN ('waiting', 'leased')";
    private static final String NUMBER = "UPDATE job_counter SET next = next + 1 RETURNING next - 1";
    private static final String INSERT = "INSERT INTO job (job_id, place, artifact, priority, submitter, submitted,"
            + " state, changed, due, attempts) VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, 0)";
    private static final String NEXT =
            COLUMNS + "WHERE " + ACTIVE + " AND due <= ? ORDER BY priority DESC, job_id LIMIT 1";
    private static final String TAKE =
            "UPDATE job SET state = 'leased', changed = ?, due = ?, attempts = ?, worker = ? WHERE job_id = ?";
    private static final String END = "UPDATE job SET state = ?, changed = ?, due = ?, report = ? WHERE job_id = ?";
    private static final String HELD = "WHERE job_id = ? AND attempts = ? AND worker = ?";

    private final Database database;
    private final InstantSource clock;
    private final int activeMax;

    public Jobs(Database database, InstantSource clock) {
        this(database, clock, ACTIVE_MAX);
    }

    Jobs(Database database, InstantSource clock, int activeMax) {
        this.database = database;
        this.clock = clock;
        this.activeMax = activeMax;
    }

    /// What came of an order.
    ///
    /// @param added false where the artifact has a job already, which this is
    public record Submitted(Job job, boolean added) {}

    /// Orders something. A job that is there keeps its priority, or gets the new one if that is higher.
    public Submitted submit(Order order, Requester who) {
        return database.write(session -> {
            // The lock of this row keeps others from ordering the same meanwhile.
            long number = session.first(NUMBER, Row::number).orElseThrow();
            var known = active(session, order);
            if (known.isPresent()) {
                var job = known.get();
                int priority = Math.max(job.order().priority(), order.priority());
                session.update("UPDATE job SET priority = ? WHERE job_id = ?", priority, job.id());
                return new Submitted(get(session, job.id()), false);
            }
            requireRoom(session);
            Instant now = clock.instant();
            session.update(
                    INSERT,
                    number,
                    order.place(),
                    order.artifact().text(),
                    order.priority(),
                    who.text(),
                    now,
                    now,
                    now);
            return new Submitted(get(session, number), true);
        });
    }

    private static Optional<Job> active(Session session, Order order) {
        return session.first(
                session.dialect().locking(COLUMNS + "WHERE " + ACTIVE + " AND place = ? AND artifact = ?"),
                Jobs::read,
                order.place(),
                order.artifact().text());
    }

    private void requireRoom(Session session) {
        long active = session.first("SELECT COUNT(*) FROM job WHERE " + ACTIVE, Row::number)
                .orElseThrow();
        if (active >= activeMax) {
            throw new UnavailableException("the queue has %d jobs, and takes no more".formatted(active), FULL_WAIT);
        }
    }

    private static Job get(Session session, long id) {
        return session.first(COLUMNS + "WHERE job_id = ?", Jobs::read, id).orElseThrow();
    }

    /// Takes the next job; empty where none is due now.
    public Optional<Job> lease(Requester worker, Duration length) {
        requireLength(length);
        return database.write(session -> {
            Instant now = clock.instant();
            while (true) {
                var next = session.first(session.dialect().locking(NEXT), Jobs::read, now);
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                var job = next.get();
                if (job.attempts() < ATTEMPTS_MAX) {
                    session.update(TAKE, now, now.plus(length), job.attempts() + 1, worker.text(), job.id());
                    return Optional.of(get(session, job.id()));
                }
                session.update(END, Job.State.DEAD.word(), now, now, lost(job), job.id());
            }
        });
    }

    private static void requireLength(Duration length) {
        if (length.compareTo(LEASE_MIN) < 0 || length.compareTo(LEASE_MAX) > 0) {
            throw new MalformedException("lease of %d seconds is not one of %d to %d"
                    .formatted(length.toSeconds(), LEASE_MIN.toSeconds(), LEASE_MAX.toSeconds()));
        }
    }

    private static String lost(Job job) {
        return "{\"reason\":\"%d workers took it and never said how it ended, the last one %s\"}"
                .formatted(job.attempts(), job.worker().map(Requester::text).orElse("nobody"));
    }

    /// Makes a lease begin now. False: it has lapsed, or the job ended.
    public boolean extend(Lease lease, Requester worker, Duration length) {
        requireLength(length);
        return database.write(session -> session.update(
                        "UPDATE job SET due = ? " + HELD + " AND state = 'leased'",
                        clock.instant().plus(length),
                        lease.job(),
                        lease.attempt(),
                        worker.text())
                == 1);
    }

    /// Ends an attempt; the job as it is then. Said again, it is as it was. Empty: the lease has lapsed.
    public Optional<Job> end(Lease lease, Requester worker, Ending ending) {
        return database.write(session -> {
            var held = session.first(
                    session.dialect().locking(COLUMNS + HELD), Jobs::read, lease.job(), lease.attempt(), worker.text());
            if (held.isEmpty() || held.get().state() != Job.State.LEASED) {
                return held;
            }
            Instant now = clock.instant();
            var state = state(held.get(), ending.outcome());
            Instant due = state == Job.State.WAITING ? now.plus(waiting(lease.attempt())) : now;
            session.update(END, state.word(), now, due, ending.report(), lease.job());
            return Optional.of(get(session, lease.job()));
        });
    }

    private static Job.State state(Job job, Ending.Outcome outcome) {
        return switch (outcome) {
            case DONE -> Job.State.DONE;
            case HOPELESS -> Job.State.DEAD;
            case FAILED -> job.attempts() < ATTEMPTS_MAX ? Job.State.WAITING : Job.State.DEAD;
        };
    }

    private static Duration waiting(int attempt) {
        return FIRST_WAIT.multipliedBy(1L << (attempt - 1));
    }

    /// Makes a dead job wait again, with all its attempts before it; one that is not dead stays as it is. Empty: there
    /// is none. Refused (`job-active`): the artifact has another job that waits or is leased.
    public Optional<Job> retry(long id) {
        return database.write(session -> {
            session.update("UPDATE job_counter SET next = next"); // as [#submit]
            var found = session.first(session.dialect().locking(COLUMNS + "WHERE job_id = ?"), Jobs::read, id);
            if (found.isEmpty() || found.get().state() != Job.State.DEAD) {
                return found;
            }
            active(session, found.get().order()).ifPresent(other -> {
                throw new RefusedException(
                        "job-active",
                        "job %d is for the same artifact and %s"
                                .formatted(other.id(), other.state().word()));
            });
            Instant now = clock.instant();
            session.update(
                    "UPDATE job SET state = 'waiting', changed = ?, due = ?, attempts = 0, worker = NULL"
                            + " WHERE job_id = ?",
                    now,
                    now,
                    id);
            return Optional.of(get(session, id));
        });
    }

    public Optional<Job> find(long id) {
        return database.read(session -> session.first(COLUMNS + "WHERE job_id = ?", Jobs::read, id));
    }

    /// Jobs by their numbers, all or those of one state.
    public List<Job> list(Optional<Job.State> state, Page page) {
        long after = page.after().orElse(0);
        return database.read(session -> state.map(one -> session.list(
                        COLUMNS + "WHERE state = ? AND job_id > ? ORDER BY job_id LIMIT ?",
                        Jobs::read,
                        one.word(),
                        after,
                        page.limit()))
                .orElseGet(() -> session.list(
                        COLUMNS + "WHERE job_id > ? ORDER BY job_id LIMIT ?", Jobs::read, after, page.limit())));
    }

    /// How many there are of each state.
    public Map<Job.State, Long> counts() {
        var counts = new EnumMap<Job.State, Long>(Job.State.class);
        for (var state : Job.State.values()) {
            counts.put(state, 0L);
        }
        database.read(session -> session.list(
                        "SELECT state, COUNT(*) FROM job GROUP BY state",
                        row -> Map.entry(Job.State.of(row.text()), row.number())))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    /// Forgets jobs that ended before this time. Returns how many. A time within [#RETENTION] is malformed.
    public int forgetBefore(Instant time) {
        Instant latest = clock.instant().minus(RETENTION);
        if (time.isAfter(latest)) {
            throw MalformedException.value(
                    "time",
                    time.toString(),
                    "is after " + latest + ": jobs are kept for " + RETENTION.toDays() + " days");
        }
        return database.write(
                session -> session.update("DELETE FROM job WHERE state IN ('done', 'dead') AND changed < ?", time));
    }

    private static Job read(Row row) {
        long id = row.number();
        var order = new Order(row.text(), new ArtifactName(row.text()), (int) row.number());
        return new Job(
                id,
                order,
                new Requester(row.text()),
                row.time(),
                Job.State.of(row.text()),
                row.time(),
                row.time(),
                (int) row.number(),
                row.optionalText().map(Requester::new),
                row.optionalText());
    }
}
