// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.publication;

import dev.chancery.core.Bytes;
import dev.chancery.server.api.Cached;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Media;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import java.util.List;
import java.util.Locale;

/// WKD (draft-koch-openpgp-webkey-service, section 3.1): certificates by the hash of an address's local part, as
/// packets, and only those with that address in a user ID.
///
/// | method | path | whose server is asked |
/// |---|---|---|
/// | advanced | `/.well-known/openpgpkey/DOMAIN/hu/HASH` | `openpgpkey.DOMAIN` |
/// | direct | `/.well-known/openpgpkey/hu/HASH` | `DOMAIN`, which the header `Host` says here |
///
/// `policy` is an empty file: there is nothing that a client has to know. Where a reverse proxy answers for the
/// domain, it has
/// to pass on its `Host`.
final class WebKeyApi {
    private static final String ROOT = "/.well-known/openpgpkey";

    private final Lookup lookup;

    WebKeyApi(Lookup lookup) {
        this.lookup = lookup;
    }

    List<Route> routes() {
        return List.of(
                Route.of(Method.GET, ROOT + "/{domain}/hu/{hash}", "wkd-advanced", this::advanced)
                        .query("l"),
                Route.of(Method.GET, ROOT + "/{domain}/policy", "wkd-advanced-policy", WebKeyApi::policy),
                Route.of(Method.GET, ROOT + "/hu/{hash}", "wkd-direct", this::direct)
                        .query("l"),
                Route.of(Method.GET, ROOT + "/policy", "wkd-direct-policy", WebKeyApi::policy));
    }

    private static Answer policy(Request request) {
        return Cached.answer(Answer.bytes(200, Media.TEXT, Bytes.of(new byte[0])));
    }

    private Answer advanced(Request request) {
        return found(request.path("domain"), request.path("hash"));
    }

    private Answer direct(Request request) {
        String host = request.header("host").orElseThrow(Lookup::notFound);
        int colon = host.lastIndexOf(':');
        return found(colon < 0 ? host : host.substring(0, colon), request.path("hash"));
    }

    /// What `l` says is for servers that do not know their addresses.
    private Answer found(String domain, String hash) {
        String wanted = domain.toLowerCase(Locale.ROOT);
        var found = lookup.byUser(text -> Addresses.of(text)
                .filter(address -> Addresses.domain(address).equals(wanted)
                        && Addresses.hash(address).equals(hash))
                .isPresent());
        return Cached.answer(Answer.bytes(200, Media.BYTES, Lookup.packets(Lookup.some(found))));
    }
}
