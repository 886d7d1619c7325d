// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.publication;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.packet.Armor;
import dev.chancery.packet.Certificate;
import dev.chancery.server.api.Cached;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Media;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// HKP and VKS: certificates by a key, by an address, and for people by words.
///
/// | call | what |
/// |---|---|
/// | `GET /pks/lookup?op=get&search=0xHEX` | the certificate with this key, armored; `search=ADDRESS`: all by it |
/// | `GET /pks/lookup?op=index&search=WORDS` | a list in HKP's form for programs; `vindex` is the same |
/// | `POST /pks/add` | 403: what is handed out comes from the office alone |
/// | `GET /vks/v1/by-fingerprint/HEX`, `/by-keyid/HEX`, `/by-email/ADDRESS` | one certificate, armored |
final class KeyServerApi {
    static final String KEYS = "application/pgp-keys";

    private final Lookup lookup;

    KeyServerApi(Lookup lookup) {
        this.lookup = lookup;
    }

    List<Route> routes() {
        return List.of(
                Route.of(Method.GET, "/pks/lookup", "pks-lookup", this::lookup)
                        .query("op", "search", "options", "fingerprint", "exact", "hash"),
                Route.of(Method.POST, "/pks/add", "pks-add", KeyServerApi::add),
                Route.of(Method.GET, "/vks/v1/by-fingerprint/{key}", "vks-by-fingerprint", this::byKey),
                Route.of(Method.GET, "/vks/v1/by-keyid/{key}", "vks-by-keyid", this::byKey),
                Route.of(Method.GET, "/vks/v1/by-email/{address}", "vks-by-email", this::byAddress));
    }

    private static Answer add(Request request) {
        throw new RefusedException(
                "publication-only",
                "this key server hands out the keys of its own authorities and takes none; an administrator updates a"
                        + " certificate by PUT under /v1/authorities");
    }

    private Answer lookup(Request request) {
        String operation =
                request.query("op").orElseThrow(() -> new MalformedException("the query lacks the parameter op"));
        String search = Lookup.searched(request.query("search"));
        return switch (operation) {
            case "get" -> armored(Lookup.some(found(search, false)));
            case "index", "vindex" -> Cached.answer(index(Lookup.some(found(search, true))));
            default -> throw MalformedException.value("op", operation, "is not get, index or vindex");
        };
    }

    private List<Lookup.Found> found(String search, boolean words) {
        if (search.startsWith("0x") || search.startsWith("0X")) {
            return lookup.byHandle(Lookup.handle(search.substring(2)));
        }
        return words
                ? lookup.byWords(search)
                : lookup.byAddress(Addresses.of(search).orElse(search));
    }

    private Answer byKey(Request request) {
        return armored(Lookup.some(lookup.byHandle(request.path("key", Lookup::handle))));
    }

    private Answer byAddress(Request request) {
        return armored(
                List.of(Lookup.some(lookup.byAddress(request.path("address"))).getFirst()));
    }

    private static Answer armored(List<Lookup.Found> found) {
        var text = Armor.write(Armor.Kind.PUBLIC_KEY, Lookup.packets(found));
        var file = found.size() == 1
                ? found.getFirst().published().armored()
                : Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
        return Cached.answer(Answer.bytes(200, KEYS, file));
    }

    /// draft-gallagher-openpgp-hkp, section 4.2: `info:1:COUNT`, then for each `pub:` and its `uid:` lines.
    private Answer index(List<Lookup.Found> found) {
        Instant now = lookup.now();
        var text = new StringBuilder("info:1:%d\n".formatted(found.size()));
        for (var one : found) {
            var key = one.primary();
            text.append("pub:%s:%d:%d:%d:%s:%s\n"
                    .formatted(
                            key.fingerprintText(),
                            key.algorithm(),
                            key.bits(),
                            key.created().getEpochSecond(),
                            key.expires()
                                    .map(end -> Long.toString(end.getEpochSecond()))
                                    .orElse(""),
                            flags(key.state(), key.expires(), now)));
            for (var user : one.users()) {
                text.append("uid:%s:%d::%s\n"
                        .formatted(
                                escaped(user.text()),
                                user.certified().getEpochSecond(),
                                flags(user.state(), Optional.empty(), now)));
            }
        }
        return Answer.text(200, text.toString()).with("Content-Type", Media.TEXT);
    }

    private static String flags(Certificate.State state, Optional<Instant> expires, Instant now) {
        return (state == Certificate.State.GOOD ? "" : "r")
                + (expires.filter(end -> !now.isBefore(end)).isPresent() ? "e" : "");
    }

    /// A user ID must end no line and begin no field.
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= ' ' && octet < 0x7f && octet != '%' && octet != ':') {
                escaped.append((char) octet);
            } else {
                escaped.append("%%%02X".formatted(octet & 0xff));
            }
        }
        return escaped.toString();
    }
}
