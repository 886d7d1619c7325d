// SPDX-License-Identifier: Apache-2.0
package dev.chancery.notation;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The attributes that are signed (`signature-envelope-jws.md`, "Protected Headers").
///
/// @param critical names of fields that whoever does not know them may not pass over
record ProtectedHeader(
        String algorithm,
        String contentType,
        String scheme,
        Optional<Instant> signedAt,
        Optional<Instant> expires,
        Set<String> critical) {
    private static final String PAYLOAD_TYPE = "application/vnd.cncf.notary.payload.v1+json";
    private static final String X509 = "notary.x509";
    private static final String SCHEME = "io.cncf.notary.signingScheme";
    private static final String SIGNING_TIME = "io.cncf.notary.signingTime";
    private static final String EXPIRY = "io.cncf.notary.expiry";
    private static final JsonLimits LIMITS = JsonLimits.foreign(Signature.BYTES_MAX);

    ProtectedHeader {
        critical = Set.copyOf(critical);
    }

    /// As ours are, with the time in whole seconds.
    static ProtectedHeader of(String algorithm, Instant now) {
        return new ProtectedHeader(
                algorithm,
                PAYLOAD_TYPE,
                X509,
                Optional.of(now.truncatedTo(ChronoUnit.SECONDS)),
                Optional.empty(),
                Set.of(SCHEME));
    }

    /// One of ours.
    Bytes write() {
        String line = new JsonFields()
                .put("alg", algorithm)
                .put("cty", contentType)
                .putTexts("crit", List.of(SCHEME))
                .put(SCHEME, scheme)
                .put(SIGNING_TIME, signedAt.orElseThrow().toString())
                .toJson()
                .line();
        return Bytes.of(line.getBytes(StandardCharsets.UTF_8));
    }

    static ProtectedHeader read(Bytes document) {
        var fields =
                Jws.members(Json.parse(document, "protected header", LIMITS).json(), "protected header");
        var critical = new HashSet<String>();
        if (fields.get("crit") instanceof Json.Elements names) {
            for (var name : names.list()) {
                critical.add(name instanceof Json.Text(String text) ? text : "");
            }
        }
        return new ProtectedHeader(
                Jws.required(fields, "alg"),
                Jws.required(fields, "cty"),
                Jws.required(fields, SCHEME),
                time(fields, SIGNING_TIME),
                time(fields, EXPIRY),
                critical);
    }

    private static Optional<Instant> time(Map<String, Json> fields, String name) {
        if (!fields.containsKey(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(Jws.required(fields, name)));
        } catch (DateTimeException e) {
            throw new MalformedException(name + " is no time", e);
        }
    }

    /// What here is not known; empty when all is.
    Optional<String> strange() {
        if (!contentType.equals(PAYLOAD_TYPE)) {
            return Optional.of("its payload is of another type than %s".formatted(PAYLOAD_TYPE));
        }
        if (!scheme.equals(X509) || !critical.contains(SCHEME)) {
            return Optional.of("its signing scheme is not a critical %s".formatted(X509));
        }
        return critical.stream()
                .filter(name -> !Set.of(SCHEME, EXPIRY).contains(name))
                .findFirst()
                .map(name -> "a critical attribute of it is not known here");
    }
}
