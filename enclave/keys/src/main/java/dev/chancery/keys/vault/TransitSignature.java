// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import dev.chancery.core.Digest;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.json.JsonFields;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import dev.chancery.keys.handle.NewKey;
import dev.chancery.keys.vault.VaultTransport.Call;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What goes into Transit's "Sign data" and what comes out, for one key's version.
record TransitSignature(JsonFields fields, VaultHandle handle) {
    /// Characters: what Vault takes as one text, unless its listener says otherwise
    /// (`max_json_string_value_length`).
    static final int VAULT_TEXT_MAX = 1 << 20;

    /// Throws `IllegalArgumentException` when the kind of what is to be signed does not fit the key's scheme.
    static TransitSignature of(VaultHandle handle, ToBeSigned toBeSigned) {
        var scheme = handle.key().publicKey().scheme();
        byte[] input = switch (toBeSigned) {
            case ToBeSigned.OfDigest(var digest) -> {
                if (!scheme.signsDigest()) {
                    throw new IllegalArgumentException("this key signs a message, not a digest");
                }
                yield digest.bytes();
            }
            case ToBeSigned.OfMessage(var message) -> {
                if (scheme.signsDigest()) {
                    throw new IllegalArgumentException("this key signs a digest, not a message");
                }
                yield message.toArray();
            }
        };
        var fields = new JsonFields()
                .put("input", Base64.getEncoder().encodeToString(input))
                .put("key_version", handle.keyVersion());
        if (toBeSigned instanceof ToBeSigned.OfDigest(var digest)) {
            fields.put("prehashed", true).put("hash_algorithm", name(digest));
            fields.put(scheme == Scheme.RSA ? "signature_algorithm" : "marshaling_algorithm", encoding(scheme));
        }
        return new TransitSignature(fields, handle);
    }

    /// RSA pads what names this digest (RFC 8017, section 9.2); ECDSA cuts it by itself (FIPS 186-5, section
    /// 6.4.1).
    private static String name(Digest digest) {
        return switch (digest.algorithm()) {
            case SHA256 -> "sha2-256";
            case SHA384 -> "sha2-384";
            case SHA512 -> "sha2-512";
            case BLAKE2B_512 -> throw new IllegalArgumentException("Vault signs no BLAKE2b digest");
        };
    }

    private static String encoding(Scheme scheme) {
        return scheme == Scheme.RSA ? "pkcs1v15" : "asn1";
    }

    /// Throws what [VaultClient#send] throws, and `RefusedException` with rule `vault-key` or `vault-version`
    /// when that is why Vault does not sign.
    SignatureValue by(TransitKey key) {
        byte[] body = fields.toJson().line().getBytes(StandardCharsets.UTF_8);
        var call = Call.sign(
                key.mount() + "/sign/" + key.name(), body, key.client().times().answer());
        var answer = key.client().send(call);
        if (answer.isDone()) {
            return key.sensible(() -> read(answer.document().object("data")));
        }
        if (body.length > VAULT_TEXT_MAX && answer.status() != 404) {
            throw new RefusedException(
                    "vault-request",
                    ("%s does not take a message of this size, with %s; its listener's"
                                    + " max_json_string_value_length and max_request_size say what it takes")
                            .formatted(key.client().shown(), answer.said()));
        }
        // Why not is seen from the key, or else only Vault can tell.
        key.read(NewKey.of(handle.key()).algorithm(), handle.keyVersion());
        throw key.notDone("does not sign", answer);
    }

    private SignatureValue read(VaultDocument data) {
        String text = data.text("signature");
        String prefix = "vault:v%d:".formatted(handle.keyVersion());
        if (!text.startsWith(prefix)
                || data.optionalNumber("key_version").orElse((long) handle.keyVersion()) != handle.keyVersion()) {
            throw MalformedException.value(
                    "signature", text, "is not by version %d of the key".formatted(handle.keyVersion()));
        }
        byte[] signature = TransitKey.base64(text.substring(prefix.length()));
        if (!hasLength(handle.key().publicKey(), signature.length)) {
            throw new MalformedException("signature has %d bytes".formatted(signature.length));
        }
        return SignatureValue.of(signature);
    }

    /// That of DER varies (RFC 3279, section 2.2.3): two integers of one byte to the curve's length and a sign.
    private static boolean hasLength(PublicKey key, int length) {
        int bytes = key.bits() / Byte.SIZE;
        return switch (key.scheme()) {
            case RSA -> length == bytes;
            case ED25519 -> length == 64;
            case ECDSA_P256, ECDSA_P384 -> length >= 8 && length <= 2 * (bytes + 3) + 2;
        };
    }
}
