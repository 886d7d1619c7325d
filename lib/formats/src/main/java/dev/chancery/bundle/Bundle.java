// SPDX-License-Identifier: Apache-2.0
package dev.chancery.bundle;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A bundle in which a plain key speaks: the table of the package comment.
///
/// The hint names the key in whatever way its maker likes; it proves nothing, and is empty where there is none.
///
/// @param logEntries the elements of `tlogEntries`, each an object: proofs of a log, which nobody here looks at
public record Bundle(String hint, List<Json.Members> logEntries, BundleContent content) {
    /// Elements: what clients of Sigstore take.
    public static final int LOG_ENTRIES_MAX = 32;

    private static final String LOG_ENTRIES = "tlogEntries";
    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String MEDIA_TYPE_BEFORE = "application/vnd.dev.sigstore.bundle+json;version=0.3";
    private static final JsonLimits LIMITS = JsonLimits.foreign(Signature.BYTES_MAX);

    public Bundle {
        logEntries = List.copyOf(logEntries);
        if (logEntries.size() > LOG_ENTRIES_MAX) {
            throw new MalformedException(
                    "bundle has %d log entries, more than %d".formatted(logEntries.size(), LOG_ENTRIES_MAX));
        }
    }

    /// Without a log's entry.
    public Bundle(String hint, BundleContent content) {
        this(hint, List.of(), content);
    }

    /// The same signature with a log's entry, instead of those that it had: a `TransparencyLogEntry` of
    /// `sigstore_rekor.proto`.
    public Bundle logged(Json.Members entry) {
        return new Bundle(hint, List.of(entry), content);
    }

    public Bytes write() {
        var publicKey = new JsonFields().put("hint", hint).toJson();
        var material = new JsonFields().put("publicKey", publicKey);
        if (!logEntries.isEmpty()) {
            material.put(LOG_ENTRIES, logEntries);
        }
        var document = new JsonFields()
                .put("mediaType", MEDIA_TYPE)
                .put("verificationMaterial", material.toJson())
                .put(content.field(), content.toJson());
        return Bytes.of(document.toJson().line().getBytes(StandardCharsets.UTF_8));
    }

    /// Throws `MalformedException` for what is no bundle. Empty when a certificate speaks in it.
    public static Optional<Bundle> read(Bytes file) {
        return Json.parse(file, "bundle", LIMITS).object(Bundle::read);
    }

    private static Optional<Bundle> read(JsonObject bundle) {
        String mediaType = bundle.text("mediaType");
        if (!mediaType.equals(MEDIA_TYPE) && !mediaType.equals(MEDIA_TYPE_BEFORE)) {
            throw MalformedException.value("bundle's mediaType", mediaType, "is not that of version 0.3");
        }
        Optional<Material> material = bundle.object("verificationMaterial", Bundle::readMaterial);
        Optional<JsonValue> envelope = bundle.optional(Envelope.FIELD);
        Optional<JsonValue> message = bundle.optional(MessageSignature.FIELD);
        if (envelope.isPresent() == message.isPresent()) {
            throw bundle.malformed("has not exactly one of messageSignature and dsseEnvelope");
        }
        BundleContent content = envelope.isPresent()
                ? envelope.get().object(Envelope::read)
                : message.orElseThrow().object(MessageSignature::read);
        return material.map(read -> new Bundle(read.hint(), read.logEntries(), content));
    }

    private record Material(String hint, List<Json.Members> logEntries) {}

    /// Empty when it is a certificate that speaks, and not a plain key.
    private static Optional<Material> readMaterial(JsonObject material) {
        List<Json.Members> logEntries = material.optional(LOG_ENTRIES)
                .map(list -> list.list(0, LOG_ENTRIES_MAX, Bundle::readLogEntry))
                .orElse(List.of());
        material.optional("timestampVerificationData");
        Optional<JsonValue> certificate = material.optional("certificate");
        Optional<JsonValue> chain = material.optional("x509CertificateChain");
        boolean certified = certificate.isPresent() || chain.isPresent();
        Optional<String> hint = material.optional("publicKey")
                .map(key -> key.object(
                        fields -> fields.optional("hint").map(JsonValue::text).orElse("")));
        if (hint.isPresent() == certified) {
            throw material.malformed("has not exactly one of publicKey, certificate and x509CertificateChain");
        }
        return hint.map(named -> new Material(named, logEntries));
    }

    private static Json.Members readLogEntry(JsonValue entry) {
        if (entry.json() instanceof Json.Members members) {
            return members;
        }
        throw entry.malformed("is not an object");
    }
}
