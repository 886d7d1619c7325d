// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.bundle.Bundle;
import dev.chancery.bundle.Envelope;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Predicate;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.policy.Requirement;
import dev.chancery.policy.SignedBy;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.statement.Statement;
import dev.chancery.store.ledger.Entry;
import dev.chancery.store.ledger.EntryKind;
import dev.chancery.store.ledger.EntryQuery;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.store.ledger.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Whether an artifact has the signatures that somebody demands, by what is in the log.
///
/// `{"sha256":"…","require":["jenkins-prd","2:qa,security,release"]}` is answered with the verdict, who
/// signed and what is missing. Whoever believes the answer believes this server. It was an enclave that
/// checked each signature before it was logged; `chancery verify` checks them itself, and needs no server.
final class VerificationApi {
    private static final int BODY_BYTES_MAX = 65_536;
    private static final int REQUIREMENTS_MAX = 64;

    private final Ledger ledger;

    VerificationApi(ApiParts parts) {
        this.ledger = parts.ledger();
    }

    List<Route> routes() {
        return List.of(Route.of(Method.POST, "/v1/verifications", "verify", this::verify));
    }

    private record Question(Digest sha256, List<Requirement> require) {
        static Question read(JsonObject body) {
            return new Question(
                    body.text("sha256", hex -> Digest.parse(DigestAlgorithm.SHA256, hex)),
                    body.list("require", 1, REQUIREMENTS_MAX, one -> one.text(Requirement::parse)));
        }
    }

    private Answer verify(Request request) throws IOException {
        var question = request.json(BODY_BYTES_MAX, Question::read);
        var signed = signed(question.sha256());
        var missing = new ArrayList<Json>();
        question.require()
                .forEach(requirement ->
                        requirement.missing(signed).ifPresent(rest -> missing.add(new Json.Text(rest.words()))));
        var by = signed.stream()
                .map(one -> new JsonFields()
                        .put("authority", one.authority().name())
                        .put("format", one.format().text())
                        .toJson())
                .toList();
        return Answer.json(
                200,
                new JsonFields()
                        .put("accepted", missing.isEmpty())
                        .put("sha256", question.sha256().hex())
                        .put("signed", by)
                        .put("missing", missing)
                        .toJson());
    }

    private SortedSet<SignedBy> signed(Digest sha256) {
        var signed = new TreeSet<SignedBy>();
        long size = ledger.published().size();
        var page = Page.first(Page.ENTRIES_MAX);
        List<Entry> found;
        do {
            found = ledger.find(EntryQuery.all().ofArtifact(sha256), page, size);
            found.forEach(entry -> signedBy(entry).ifPresent(signed::add));
            page = found.isEmpty() ? page : Page.after(found.getLast().index(), Page.ENTRIES_MAX);
        } while (found.size() == Page.ENTRIES_MAX);
        return signed;
    }

    private Optional<SignedBy> signedBy(Entry entry) {
        var facts = entry.facts();
        if (facts.kind() == EntryKind.TAG || facts.kind() == EntryKind.KEY) {
            return Optional.empty();
        }
        Optional<Predicate> said = facts.kind() == EntryKind.STATEMENT ? said(entry) : Optional.empty();
        return facts.authority()
                .flatMap(authority -> facts.format().map(format -> new SignedBy(authority, format, said)));
    }

    private Optional<Predicate> said(Entry entry) {
        Optional<Bytes> file = ledger.blob(entry.blob());
        return file.flatMap(Bundle::read)
                .map(Bundle::content)
                .filter(Envelope.class::isInstance)
                .map(content -> Statement.read(((Envelope) content).payload()).said());
    }
}
