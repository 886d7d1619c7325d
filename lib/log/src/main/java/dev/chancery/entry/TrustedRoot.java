// SPDX-License-Identifier: Apache-2.0
package dev.chancery.entry;

import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.note.KeyType;
import dev.chancery.note.VerifierKey;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// `trusted_root.json` of our log (`TrustedRoot` in `sigstore_trustroot.proto`, version 0.1), for `cosign
/// --trusted-root`: cosign 2.5 and 3.1 refuse version 0.2.
public record TrustedRoot(URI baseUrl, VerifierKey key, Instant validFrom) {
    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.trustedroot+json;version=0.1";

    /// Throws `MalformedException` unless the key, of type Ed25519, is named for the bare host of an `http`
    /// or `https` URL: Sigstore's clients compare a checkpoint's origin with that.
    public TrustedRoot {
        String scheme = String.valueOf(baseUrl.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw MalformedException.value("log's base URL", baseUrl.toString(), "is no http or https URL");
        }
        if (!key.name().text().equals(baseUrl.getHost())) {
            throw MalformedException.value(
                    "log's base URL",
                    baseUrl.toString(),
                    "has not the host %s, which the log's key is named for".formatted(key.name()));
        }
        if (key.type() != KeyType.ED25519) {
            throw MalformedException.value("log's key", key.toString(), "is not of type Ed25519");
        }
        validFrom = validFrom.truncatedTo(ChronoUnit.SECONDS);
    }

    /// The document, for people to read.
    public String write() {
        var publicKey = new JsonFields()
                .put("rawBytes", HashedRekord.base64(key.subjectPublicKeyInfo()))
                .put("keyDetails", "PKIX_ED25519")
                .put(
                        "validFor",
                        new JsonFields().put("start", validFrom.toString()).toJson());
        var log = new JsonFields()
                .put("baseUrl", baseUrl.toString())
                .put("hashAlgorithm", "SHA2_256")
                .put("publicKey", publicKey.toJson())
                .put("logId", logId(key));
        return new JsonFields()
                .put("mediaType", MEDIA_TYPE)
                .put("tlogs", List.of(log.toJson()))
                .toJson()
                .pretty();
    }

    /// All 32 bytes of the key's ID.
    static Json logId(VerifierKey key) {
        return new JsonFields().put("keyId", HashedRekord.base64(key.fullId())).toJson();
    }
}
