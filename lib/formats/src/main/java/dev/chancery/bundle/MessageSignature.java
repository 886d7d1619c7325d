// SPDX-License-Identifier: Apache-2.0
package dev.chancery.bundle;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.key.SignatureValue;

/// A signature over a digest (`MessageSignature` in `sigstore_common.proto`).
public record MessageSignature(Digest digest, SignatureValue signature) implements BundleContent {
    static final String FIELD = "messageSignature";

    /// How the specification calls SHA-2 (`HashAlgorithm` in `sigstore_common.proto`).
    private static final String DIGEST_PREFIX = "SHA2_";

    @Override
    public String field() {
        return FIELD;
    }

    @Override
    public Json toJson() {
        var messageDigest = new JsonFields()
                .put("algorithm", DIGEST_PREFIX + digest.algorithm().digestBytes() * 8)
                .put("digest", Base64Text.write(Bytes.of(digest.bytes())));
        return new JsonFields()
                .put("messageDigest", messageDigest.toJson())
                .put("signature", Base64Text.write(signature.bytes()))
                .toJson();
    }

    static MessageSignature read(JsonObject signature) {
        Digest digest = signature.object("messageDigest", MessageSignature::readDigest);
        return new MessageSignature(digest, new SignatureValue(Base64Text.read(signature.required("signature"))));
    }

    private static Digest readDigest(JsonObject digest) {
        DigestAlgorithm algorithm = digest.text("algorithm", MessageSignature::algorithm);
        return digest.check(() ->
                new Digest(algorithm, Base64Text.read(digest.required("digest")).toArray()));
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
}
