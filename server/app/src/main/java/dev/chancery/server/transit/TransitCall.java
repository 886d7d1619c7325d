// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.transit;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.server.api.Digests;
import dev.chancery.server.signing.Signing;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The body of a call that signs or verifies. Vault's command line sends every value as a text, others as what it is.
///
/// @param batch whether the inputs came as `batch_input`, and are answered so
/// @param version of the key; 0 for the latest
record TransitCall(List<Input> inputs, boolean batch, int version, Manner manner) {
    private static final String HASH = "sha2-256";
    private static final String PADDING = "pkcs1v15";

    /// One thing to be signed or verified.
    record Input(String text, Optional<TransitSignature> signature, Optional<String> reference) {
        private static Input read(JsonObject object) {
            return new Input(
                    object.text("input"),
                    object.optionalText("signature", TransitSignature::parse),
                    object.optionalText("reference", text -> text));
        }
    }

    /// How it is to be signed.
    ///
    /// @param prehashed inputs are SHA-256 digests
    /// @param padding what is asked for where the key is of RSA
    record Manner(boolean prehashed, Optional<String> padding) {}

    static TransitCall read(JsonObject body, Optional<String> pathHash) {
        pathHash.or(() -> body.optionalText("hash_algorithm", text -> text))
                .or(() -> body.optionalText("algorithm", text -> text))
                .ifPresent(TransitCall::requireHash);
        body.optionalText("marshaling_algorithm", text -> text)
                .filter(text -> !text.equals("asn1"))
                .ifPresent(text -> {
                    throw MalformedException.value("marshaling_algorithm", text, "is not made here, only asn1");
                });
        var manner = new Manner(
                body.optional("prehashed").map(TransitCall::truth).orElse(false),
                body.optionalText("signature_algorithm", text -> text));
        int version = body.optional("key_version").map(TransitCall::number).orElse(0);
        if (body.optional("batch_input").isPresent()) {
            var inputs = body.list("batch_input", 1, Signing.BATCH_MAX, one -> one.object(Input::read));
            return new TransitCall(inputs, true, version, manner);
        }
        return new TransitCall(List.of(Input.read(body)), false, version, manner);
    }

    private static void requireHash(String hash) {
        if (!hash.equals(HASH)) {
            throw MalformedException.value("hash algorithm", hash, "is not used here, only " + HASH);
        }
    }

    private static boolean truth(JsonValue value) {
        return switch (value.json()) {
            case Json.Bool(boolean truth) -> truth;
            case Json.Text(String text) when text.equals("true") || text.equals("false") -> text.equals("true");
            default -> throw value.malformed("is not true or false");
        };
    }

    private static int number(JsonValue value) {
        if (value.json() instanceof Json.Text(String text) && text.matches("[0-9]{1,4}")) {
            return Integer.parseInt(text);
        }
        return Math.toIntExact(value.integer(0, 9_999));
    }

    /// What a key of this kind has to know of an input.
    ///
    /// Throws `MalformedException` for what a `raw` signature by it is not over.
    Measured measured(Input input, PublicKey key) {
        Bytes bytes = base64("input", input.text());
        requirePadding(key, manner.padding().orElse(PADDING));
        if (manner.prehashed()) {
            if (key.scheme() == Scheme.ED25519) {
                throw new MalformedException("an ed25519 key signs the input itself, and nothing prehashed");
            }
            if (bytes.length() != DigestAlgorithm.SHA256.digestBytes()) {
                throw new MalformedException("the prehashed input has %d bytes, not the %d of a SHA-256"
                        .formatted(bytes.length(), DigestAlgorithm.SHA256.digestBytes()));
            }
            var digest = new Digest(DigestAlgorithm.SHA256, bytes.toArray());
            return Measured.ofDigests(Map.of(DigestAlgorithm.SHA256, digest));
        }
        if (bytes.length() > Measured.CONTENT_BYTES_MAX) {
            throw new MalformedException("the input has %d bytes, more than %d; give its SHA-256, prehashed"
                    .formatted(bytes.length(), Measured.CONTENT_BYTES_MAX));
        }
        var digests = Map.of(DigestAlgorithm.SHA256, Digests.of(DigestAlgorithm.SHA256, bytes));
        return Measured.of(bytes.length(), digests, Map.of(), Optional.of(bytes));
    }

    /// Vault signs in PSS where nothing is said, which no `raw` signature is: to sign, the padding has to be said.
    /// Clients that say it when they sign do not when they verify, and mean what they signed.
    void requirePadding(PublicKey key) {
        requirePadding(key, manner.padding().orElse("pss"));
    }

    private static void requirePadding(PublicKey key, String padding) {
        if (key.scheme() == Scheme.RSA && !padding.equals(PADDING)) {
            throw new MalformedException(
                    "an RSA key signs with PKCS #1 v1.5 here: signature_algorithm has to be " + PADDING);
        }
    }

    static Bytes base64(String what, String text) {
        try {
            return Bytes.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(what + " is not base64", e);
        }
    }
}
