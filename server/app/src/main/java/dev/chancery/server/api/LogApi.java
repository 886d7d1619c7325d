// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.entry.TrustedRoot;
import dev.chancery.json.Json;
import dev.chancery.key.KeyId;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Media;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.log.Receipts;
import dev.chancery.server.log.TileFolder;
import dev.chancery.store.ledger.Entry;
import dev.chancery.store.ledger.EntryQuery;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.store.ledger.Publication;
import dev.chancery.tree.TilePath;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The log, as C2SP `tlog-tiles` has it under `/log`, and its index.
final class LogApi {
    private final ApiParts parts;
    private final Ledger ledger;
    private final TileFolder folder;
    private final Receipts receipts;
    private final Optional<TrustedRoot> root;

    /// @param root empty where the log has no URL of its own that Sigstore's clients could be told
    LogApi(ApiParts parts, TileFolder folder, Optional<TrustedRoot> root) {
        this.parts = parts;
        this.ledger = parts.ledger();
        this.folder = folder;
        this.receipts = new Receipts(folder);
        this.root = root;
    }

    List<Route> routes() {
        return List.of(
                Route.of(Method.GET, "/log/checkpoint", "log-checkpoint", this::checkpoint),
                Route.of(Method.GET, "/log/tile/{tile...}", "log-tile", this::tile),
                Route.of(Method.GET, "/log/key", "log-key", request -> Answer.text(200, parts.log() + "\n")),
                Route.of(Method.GET, "/log/trusted_root.json", "log-trusted-root", this::trustedRoot),
                Paging.on(Route.of(Method.GET, "/v1/log/entries", "log-entries", this::entries)
                        .query("key", "digest", "authority", "from", "until", "order")));
    }

    /// From the store, and not from the folder: of several servers each says the newest.
    private Answer checkpoint(Request request) {
        String text = ledger.published().checkpoint().orElseThrow(ArtifactApi::notFound);
        return Answer.text(200, text).with("Cache-Control", "no-cache");
    }

    private Answer tile(Request request) {
        TilePath path;
        try {
            path = TilePath.parse("tile/" + request.path("tile"));
        } catch (MalformedException e) {
            throw ArtifactApi.notFound();
        }
        return Answer.file(Media.BYTES, folder.file(path)).cachedForEver();
    }

    private Answer trustedRoot(Request request) {
        var document = root.orElseThrow(ArtifactApi::notFound).write();
        return Answer.bytes(200, Media.JSON, Bytes.of(document.getBytes(StandardCharsets.UTF_8)));
    }

    private Answer entries(Request request) {
        boolean requesters = parts.guard().seesRequesters(request);
        var page = Paging.of(request);
        var published = ledger.published();
        var found = ledger.find(query(request), page, published.size());
        var entries =
                found.stream().map(entry -> json(entry, published, requesters)).toList();
        return Answer.json(200, ArtifactApi.page(entries, found, page));
    }

    private static EntryQuery query(Request request) {
        var all = new EntryQuery(
                request.query("digest", hex -> Digest.parse(DigestAlgorithm.SHA256, hex)),
                request.query("key", KeyId::new),
                request.query("authority", Authority::new),
                request.query("from", LogApi::time),
                request.query("until", LogApi::time),
                false);
        return request.query("order", LogApi::isNewestFirst).orElse(false) ? all.backwards() : all;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw MalformedException.value("time", text, "is not one of RFC 3339 in UTC, as 2026-03-01T00:00:00Z");
        }
    }

    private static boolean isNewestFirst(String order) {
        return switch (order) {
            case "newest" -> true;
            case "oldest" -> false;
            default -> throw MalformedException.value("order", order, "is not newest or oldest");
        };
    }

    /// What an entry says, the leaf itself, and its proof.
    private Json json(Entry entry, Publication published, boolean requesters) {
        var fields = EntryJson.facts(entry.index(), entry.facts(), entry.subjects())
                .put("logged_at", entry.logged().toString());
        if (requesters) {
            entry.facts().requester().ifPresent(requester -> fields.put("requester", requester.text()));
        }
        var receipt = receipts.of(entry.index(), entry.leaf(), published).write();
        return fields.put(
                        "leaf", Base64.getEncoder().encodeToString(entry.leaf().toArray()))
                .put("receipt", new String(receipt.toArray(), StandardCharsets.UTF_8))
                .toJson();
    }
}
