// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.publication;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.packet.CertificateJoining;
import dev.chancery.server.api.Cached;
import dev.chancery.server.api.Guard;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Media;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.keyring.CertificateUpdates;
import dev.chancery.server.keyring.PublishedCertificate;
import dev.chancery.server.keyring.PublishedKeyring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// An authority's certificate, for everybody; and its update by who has the scope `publish` for that authority.
final class CertificateApi {
    /// Bytes of an update: those of a certificate.
    static final int UPDATE_BYTES_MAX = CertificateJoining.BYTES_MAX;

    private static final String PATH = "/v1/authorities/{authority}/certificates/{fingerprint}";

    private final Guard guard;
    private final PublishedKeyring keyring;
    private final CertificateUpdates updates;

    CertificateApi(Guard guard, PublishedKeyring keyring, CertificateUpdates updates) {
        this.guard = guard;
        this.keyring = keyring;
        this.updates = updates;
    }

    List<Route> routes() {
        return List.of(
                Route.of(Method.GET, PATH, "certificate", this::certificate),
                Route.of(Method.PUT, PATH, "certificate-update", this::update));
    }

    private PublishedCertificate known(Authority authority, String fingerprint) {
        return keyring.certificate(authority, fingerprint).orElseThrow(Lookup::notFound);
    }

    private static String fingerprint(Request request) {
        String fingerprint = request.path("fingerprint", Lookup::handle);
        if (fingerprint.length() == 16) {
            throw MalformedException.value("fingerprint", fingerprint, "is a key ID: write all of the fingerprint");
        }
        return fingerprint;
    }

    private Answer certificate(Request request) {
        var known = known(request.path("authority", Authority::new), fingerprint(request));
        return Cached.answer(Answer.bytes(200, KeyServerApi.KEYS, known.armored()));
    }

    private Answer update(Request request) throws IOException {
        var authority = request.path("authority", Authority::new);
        String fingerprint = fingerprint(request);
        var requester = guard.asks(request, Guard.Act.PUBLISH, List.of(authority));
        Bytes update = request.bytes(UPDATE_BYTES_MAX, KeyServerApi.KEYS, Media.BYTES);
        return Answer.json(200, json(updates.update(requester, known(authority, fingerprint), update)));
    }

    private static Json json(CertificateUpdates.Updated updated) {
        var changes = updated.changes().stream()
                .map(change -> new JsonFields()
                        .put("event", change.event().label())
                        .put("key", change.key().hex())
                        .put("index", change.index())
                        .put("receipt", new String(change.receipt().write().toArray(), StandardCharsets.UTF_8))
                        .toJson())
                .toList();
        return new JsonFields()
                .put("authority", updated.certificate().authority().name())
                .put("fingerprint", updated.certificate().fingerprint())
                .put("changed", !changes.isEmpty())
                .put("changes", changes)
                .toJson();
    }
}
