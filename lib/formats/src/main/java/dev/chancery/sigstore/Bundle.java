// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sigstore;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// A bundle with a message signature: the table of the package comment.
///
/// The hint names the key in whatever way its maker likes; it proves nothing, and is empty where there is none.
record Bundle(String hint, Digest digest, SignatureValue signature) {
    /// Bytes: a bundle with 32 log entries fits many times over.
    static final int BYTES_MAX = 1 << 20;

    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String MEDIA_TYPE_BEFORE = "application/vnd.dev.sigstore.bundle+json;version=0.3";

    /// How the specification calls SHA-2 (`HashAlgorithm` in `sigstore_common.proto`).
    private static final String DIGEST_PREFIX = "SHA2_";

    /// The hint that we write, and cosign does.
    static String hint(PublicKey key) {
        return base64(HexFormat.of().parseHex(key.id().hex()));
    }

    Bytes write() {
        var document = new JsonFields()
                .put("mediaType", MEDIA_TYPE)
                .put("verificationMaterial", publicKey())
                .put("messageSignature", messageSignature());
        return Bytes.of(document.toJson().line().getBytes(StandardCharsets.UTF_8));
    }

    private Json publicKey() {
        return new JsonFields()
                .put("publicKey", new JsonFields().put("hint", hint).toJson())
                .toJson();
    }

    private Json messageSignature() {
        var messageDigest = new JsonFields()
                .put("algorithm", DIGEST_PREFIX + digest.algorithm().digestBytes() * 8)
                .put("digest", base64(digest.bytes()));
        return new JsonFields()
                .put("messageDigest", messageDigest.toJson())
                .put("signature", base64(signature.bytes().toArray()))
                .toJson();
    }

    /// Throws `MalformedException` for what is no bundle. Empty when it is one of a kind that is not verified here.
    static Optional<Bundle> read(Bytes file) {
        return Json.parse(file, "bundle", BYTES_MAX).object(Bundle::read);
    }

    private static Optional<Bundle> read(JsonObject bundle) {
        String mediaType = bundle.text("mediaType");
        if (!mediaType.equals(MEDIA_TYPE) && !mediaType.equals(MEDIA_TYPE_BEFORE)) {
            throw MalformedException.value("bundle's mediaType", mediaType, "is not that of version 0.3");
        }
        Optional<String> hint = bundle.object("verificationMaterial", Bundle::readHint);
        Optional<JsonValue> envelope = bundle.optional("dsseEnvelope");
        Optional<JsonValue> message = bundle.optional("messageSignature");
        if (envelope.isPresent() == message.isPresent()) {
            throw bundle.malformed("has not exactly one of messageSignature and dsseEnvelope");
        }
        if (hint.isEmpty() || message.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(message.get().object(signature -> read(hint.get(), signature)));
    }

    private static Bundle read(String hint, JsonObject signature) {
        Digest digest = signature.object("messageDigest", Bundle::readDigest);
        return new Bundle(hint, digest, new SignatureValue(Bytes.of(bytes(signature.required("signature")))));
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

    private static Digest readDigest(JsonObject digest) {
        DigestAlgorithm algorithm = digest.text("algorithm", Bundle::algorithm);
        return digest.check(() -> new Digest(algorithm, bytes(digest.required("digest"))));
    }

    private static DigestAlgorithm algorithm(String name) {
        return switch (name) {
            case "SHA2_256" -> DigestAlgorithm.SHA256;
            case "SHA2_384" -> DigestAlgorithm.SHA384;
            case "SHA2_512" -> DigestAlgorithm.SHA512;
            default ->
                throw MalformedException.value("digest algorithm", name, "is not SHA2_256, SHA2_384 or SHA2_512");
        };
    }

    private static byte[] bytes(JsonValue value) {
        try {
            return Base64.getDecoder().decode(value.text());
        } catch (IllegalArgumentException e) {
            throw value.malformed("is not base64");
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
