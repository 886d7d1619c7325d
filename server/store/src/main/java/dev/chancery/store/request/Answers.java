// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.request;

import dev.chancery.core.Requester;
import dev.chancery.store.sql.Row;
import dev.chancery.store.sql.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The answers of requests, written in the transaction that appends their entries.
public final class Answers {
    private static final String STANDINGS =
            "SELECT requester, request_key, attempt, state FROM request WHERE (requester, request_key) IN ({keys})";
    private static final String ANSWERED =
            "UPDATE request SET state = 'answered' WHERE requester = ? AND request_key = ? AND attempt = ?";
    private static final String INSERT =
            "INSERT INTO request_outcome (requester, request_key, place, entry_index, repeated, problem)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";
    private static final String OUTCOMES = "SELECT entry_index, repeated, problem FROM request_outcome"
            + " WHERE requester = ? AND request_key = ? ORDER BY place";

    /// What may be done with a claim.
    public enum Standing {
        /// It may be answered.
        HELD,
        /// It was answered, by this very attempt.
        ANSWERED,
        LAPSED
    }

    private Answers() {}

    /// Locks the requests of these claims until the transaction ends; a claim that is not in the map has
    /// lapsed.
    public static Map<Claim, Standing> standings(Session session, List<Claim> claims) {
        var standings = new HashMap<Claim, Standing>();
        var keys = claims.stream()
                .map(claim -> new Object[] {requester(claim), claim.request().key()})
                .toList();
        session.listIn(session.dialect().locking(STANDINGS), Answers::standing, keys)
                .forEach(known -> standings.put(known.getKey(), known.getValue()));
        return standings;
    }

    private static Map.Entry<Claim, Standing> standing(Row row) {
        var key = new RequestKey(new Requester(row.text()), row.text());
        var claim = new Claim(key, row.number());
        return Map.entry(
                claim,
                switch (row.text()) {
                    case "begun" -> Standing.HELD;
                    case "answered" -> Standing.ANSWERED;
                    default -> Standing.LAPSED;
                });
    }

    /// Answers requests whose claims are held.
    public static void write(Session session, Map<Claim, List<Outcome>> answers) {
        var answered = new ArrayList<Object[]>();
        var outcomes = new ArrayList<Object[]>();
        answers.forEach((claim, list) -> {
            answered.add(new Object[] {requester(claim), claim.request().key(), claim.attempt()});
            for (int place = 0; place < list.size(); place++) {
                outcomes.add(row(claim, place, list.get(place)));
            }
        });
        session.batch(ANSWERED, answered);
        session.batch(INSERT, outcomes);
    }

    private static Object[] row(Claim claim, int place, Outcome outcome) {
        var nothing = java.util.Optional.empty();
        return switch (outcome) {
            case Outcome.Logged(long index, boolean repeated) ->
                new Object[] {requester(claim), claim.request().key(), place, index, repeated ? 1 : 0, nothing};
            case Outcome.Failed(String problem) ->
                new Object[] {requester(claim), claim.request().key(), place, nothing, 0, problem};
        };
    }

    /// The answer of a request that was answered.
    public static List<Outcome> outcomes(Session session, RequestKey key) {
        return session.list(OUTCOMES, Answers::outcome, key.requester().text(), key.key());
    }

    private static Outcome outcome(Row row) {
        var index = row.optionalNumber();
        boolean repeated = row.number() == 1;
        return index.isPresent() ? new Outcome.Logged(index.get(), repeated) : new Outcome.Failed(row.text());
    }

    private static String requester(Claim claim) {
        return claim.request().requester().text();
    }
}
