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
import java.util.Optional;

/// A bundle in which a plain key speaks: the table of the package comment.
///
/// The hint names the key in whatever way its maker likes; it proves nothing, and is empty where there is none.
public record Bundle(String hint, BundleContent content) {
    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String MEDIA_TYPE_BEFORE = "application/vnd.dev.sigstore.bundle+json;version=0.3";
    private static final JsonLimits LIMITS = JsonLimits.foreign(Signature.BYTES_MAX);

    public Bytes write() {
        var publicKey = new JsonFields().put("hint", hint).toJson();
        var document = new JsonFields()
                .put("mediaType", MEDIA_TYPE)
                .put(
                        "verificationMaterial",
                        new JsonFields().put("publicKey", publicKey).toJson())
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
        Optional<String> hint = bundle.object("verificationMaterial", Bundle::readHint);
        Optional<JsonValue> envelope = bundle.optional(Envelope.FIELD);
        Optional<JsonValue> message = bundle.optional(MessageSignature.FIELD);
        if (envelope.isPresent() == message.isPresent()) {
            throw bundle.malformed("has not exactly one of messageSignature and dsseEnvelope");
        }
        BundleContent content = envelope.isPresent()
                ? envelope.get().object(Envelope::read)
                : message.orElseThrow().object(MessageSignature::read);
        return hint.map(named -> new Bundle(named, content));
    }

    /// Empty when it is a certificate that speaks, and not a plain key.
    private static Optional<String> readHint(JsonObject material) {
        material.optional("tlogEntries");
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
        return hint;
    }
}
