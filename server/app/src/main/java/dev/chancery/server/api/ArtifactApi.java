// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.HttpProblem;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.ProblemType;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.signing.Issued;
import dev.chancery.server.signing.Signing;
import dev.chancery.store.ledger.Entry;
import dev.chancery.store.ledger.EntryQuery;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.store.ledger.Page;
import java.util.List;

/// What is known of an artifact: every signature and statement over its SHA-256, each with its receipt.
///
/// Anyone may ask who knows the digest; the log says the same to the whole world.
final class ArtifactApi {
    private final Ledger ledger;
    private final Signing signing;
    private final EntryJson json;

    ArtifactApi(ApiParts parts) {
        this.ledger = parts.ledger();
        this.signing = parts.signing();
        this.json = parts.json();
    }

    List<Route> routes() {
        return List.of(
                Paging.on(Route.of(Method.GET, "/v1/artifacts/{sha256}", "artifact", this::list)),
                Route.of(Method.GET, "/v1/artifacts/{sha256}/{index}", "artifact-entry", this::entry),
                Route.of(Method.GET, "/v1/artifacts/{sha256}/{index}/signature", "artifact-signature", this::signature)
                        .query("log"),
                Route.of(Method.GET, "/v1/artifacts/{sha256}/{index}/receipt", "artifact-receipt", this::receipt));
    }

    private static Digest sha256(Request request) {
        return request.path("sha256", hex -> Digest.parse(DigestAlgorithm.SHA256, hex));
    }

    private Answer list(Request request) {
        var page = Paging.of(request);
        var query = EntryQuery.all().ofArtifact(sha256(request));
        var found = ledger.find(query, page, ledger.published().size());
        if (found.isEmpty() && page.after().isEmpty()) {
            throw notFound();
        }
        return Answer.json(200, page(found.stream().map(this::issued).toList(), found, page));
    }

    private Json issued(Entry entry) {
        return json.issued(signing.issued(entry));
    }

    /// A list, and what goes into `after` to have the rest of it.
    static Json page(List<Json> entries, List<Entry> found, Page page) {
        var fields = new JsonFields().put("entries", entries);
        if (found.size() == page.limit()) {
            fields.put("next", found.getLast().index());
        }
        return fields.toJson();
    }

    private Issued found(Request request) {
        var digest = sha256(request);
        long index = request.path("index", text -> Paging.number(text, Long.MAX_VALUE));
        return ledger.entry(index)
                .filter(entry -> entry.index() < ledger.published().size())
                .filter(entry -> entry.subjects().stream()
                        .anyMatch(subject -> subject.sha256().equals(digest)))
                .map(signing::issued)
                .orElseThrow(ArtifactApi::notFound);
    }

    static HttpProblem notFound() {
        return new HttpProblem(Problem.of(ProblemType.NOT_FOUND, "Nothing is known under this path"));
    }

    private Answer entry(Request request) {
        return Answer.json(200, json.issued(found(request)));
    }

    /// `?log=no` leaves out the log's proof, which older clients of Sigstore cannot read.
    private Answer signature(Request request) {
        boolean plain = request.query("log", ArtifactApi::isNo).orElse(false);
        var issued = found(request);
        var file = plain ? issued.signature() : issued.logged(json.log());
        return Answer.bytes(200, EntryJson.mediaType(issued.facts()), file);
    }

    private static boolean isNo(String text) {
        if (text.equals("no")) {
            return true;
        }
        throw dev.chancery.core.MalformedException.value("log", text, "is not no");
    }

    private Answer receipt(Request request) {
        return Answer.bytes(
                200, "text/plain; charset=utf-8", found(request).receipt().write());
    }
}
