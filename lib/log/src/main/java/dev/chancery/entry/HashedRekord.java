// SPDX-License-Identifier: Apache-2.0
package dev.chancery.entry;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import java.util.Arrays;
import java.util.Base64;

/// A signature over a digest by a plain key, as Rekor version 2 logs it (`hashedrekord` 0.0.2).
///
/// Sigstore's clients make this leaf out of a bundle, so there is no room for a word of ours. For a DSSE
/// envelope the digest is that of its pre-authentication encoding.
///
/// @param signature its bytes
/// @param publicKey DER of the `SubjectPublicKeyInfo`
public record HashedRekord(Digest digest, Bytes signature, Bytes publicKey) implements LogEntry {
    /// Bytes: RSA of 16,384 bits.
    public static final int SIGNATURE_BYTES_MAX = 2_048;

    static final String KIND = "hashedrekord";
    static final String VERSION = "0.0.2";
    private static final String DIGEST_PREFIX = "SHA2_";

    public HashedRekord {
        if (signature.length() == 0 || signature.length() > SIGNATURE_BYTES_MAX) {
            throw new MalformedException(
                    "signature has %d bytes, not 1 to %d".formatted(signature.length(), SIGNATURE_BYTES_MAX));
        }
        var details = KeyDetails.of(publicKey);
        if (details.digest() != digest.algorithm()) {
            throw new MalformedException("a signature by a key %s is not over %s"
                    .formatted(details, digest.algorithm().standardName()));
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String apiVersion() {
        return VERSION;
    }

    public KeyDetails keyDetails() {
        return KeyDetails.of(publicKey);
    }

    @Override
    public Json spec() {
        var key = new JsonFields().put("rawBytes", base64(publicKey));
        var verifier = new JsonFields().put("keyDetails", keyDetails().name()).put("publicKey", key.toJson());
        var data = new JsonFields()
                .put("algorithm", algorithm(digest.algorithm()))
                .put("digest", base64(Bytes.of(digest.bytes())));
        var made = new JsonFields().put("content", base64(signature)).put("verifier", verifier.toJson());
        var entry = new JsonFields().put("data", data.toJson()).put("signature", made.toJson());
        return new JsonFields().put("hashedRekordV002", entry.toJson()).toJson();
    }

    static HashedRekord read(JsonObject spec) {
        return spec.object("hashedRekordV002", entry -> {
            Digest digest = entry.object("data", HashedRekord::readDigest);
            return entry.object("signature", signature -> readSignature(digest, signature));
        });
    }

    private static HashedRekord readSignature(Digest digest, JsonObject signature) {
        Bytes content = bytes(signature.required("content"));
        return signature.object("verifier", verifier -> {
            var details = verifier.text("keyDetails", KeyDetails::parse);
            Bytes key = verifier.object("publicKey", fields -> bytes(fields.required("rawBytes")));
            var entry = verifier.check(() -> new HashedRekord(digest, content, key));
            if (entry.keyDetails() != details) {
                throw verifier.malformed("has a key of another kind than %s".formatted(details));
            }
            return entry;
        });
    }

    private static Digest readDigest(JsonObject data) {
        var algorithm = data.text("algorithm", HashedRekord::algorithm);
        Bytes bytes = bytes(data.required("digest"));
        return data.check(() -> new Digest(algorithm, bytes.toArray()));
    }

    private static String algorithm(DigestAlgorithm algorithm) {
        return DIGEST_PREFIX + Byte.SIZE * algorithm.digestBytes();
    }

    private static DigestAlgorithm algorithm(String name) {
        return Arrays.stream(KeyDetails.values())
                .map(KeyDetails::digest)
                .filter(known -> algorithm(known).equals(name))
                .findFirst()
                .orElseThrow(() -> MalformedException.value("digest algorithm", name, "is not known"));
    }

    static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    private static Bytes bytes(JsonValue value) {
        try {
            return Bytes.of(Base64.getDecoder().decode(value.text()));
        } catch (IllegalArgumentException e) {
            throw value.malformed("is not base64");
        }
    }
}
