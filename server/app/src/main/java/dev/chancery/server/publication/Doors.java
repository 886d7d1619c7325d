// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.publication;

import dev.chancery.core.Bytes;
import dev.chancery.files.StockKeys;
import dev.chancery.server.api.Cached;
import dev.chancery.server.api.Guard;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Media;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.keyring.CertificateUpdates;
import dev.chancery.server.keyring.PublishedKeyring;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// All doors of this package.
public final class Doors {
    private final Guard guard;
    private final PublishedKeyring keyring;
    private final CertificateUpdates updates;
    private final InstantSource clock;

    public Doors(Guard guard, PublishedKeyring keyring, CertificateUpdates updates, InstantSource clock) {
        this.guard = guard;
        this.keyring = keyring;
        this.updates = updates;
        this.clock = clock;
    }

    public List<Route> routes() {
        var lookup = new Lookup(keyring, clock);
        var routes = new ArrayList<Route>();
        routes.addAll(new CertificateApi(guard, keyring, updates).routes());
        routes.addAll(new KeyServerApi(lookup).routes());
        routes.addAll(new WebKeyApi(lookup).routes());
        routes.add(Route.of(Method.GET, "/KEYS", "keys-file", this::keys));
        return routes;
    }

    /// The same file as `/v1/keyring/for/keys/KEYS`, where people look for it. Empty without any certificate.
    private Answer keys(Request request) {
        var file = StockKeys.files("keys", keyring.files()).getOrDefault(StockKeys.KEYS, Bytes.of(new byte[0]));
        return Cached.answer(Answer.bytes(200, Media.TEXT, file));
    }
}
