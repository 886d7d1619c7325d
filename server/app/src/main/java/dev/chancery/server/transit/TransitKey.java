// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.transit;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// An authority's keys for `raw` signatures, as versions of one key: see the package comment.
///
/// @param versions all that are published, the first one is version 1
/// @param signing those that enclaves sign with
record TransitKey(Authority authority, List<PublicKey> versions, Set<KeyId> signing) {
    TransitKey {
        versions = List.copyOf(versions);
        signing = Set.copyOf(signing);
    }

    static TransitKey of(Authority authority, Bytes publicKeyFile, Set<KeyId> signing) {
        return new TransitKey(authority, PublicKeyPem.read(authority, publicKeyFile), signing);
    }

    /// The last one that can sign; where none can, the last.
    int latest() {
        for (int version = versions.size(); version > 0; version--) {
            if (signing.contains(versions.get(version - 1).id())) {
                return version;
            }
        }
        return versions.size();
    }

    /// Throws `MalformedException` for a version that there is not.
    PublicKey version(long number) {
        if (number < 1 || number > versions.size()) {
            throw new MalformedException(
                    "key %s has the versions 1 to %d, not %d".formatted(authority, versions.size(), number));
        }
        return versions.get((int) number - 1);
    }

    /// As Vault describes a key, of what is true of ours.
    Json json() {
        var all = new JsonFields();
        for (int version = 1; version <= versions.size(); version++) {
            all.put(
                    Integer.toString(version),
                    new JsonFields()
                            .put("public_key", written(version(version)))
                            .toJson());
        }
        return new JsonFields()
                .put("name", authority.name())
                .put("type", type(version(latest())))
                .put("keys", all.toJson())
                .put("latest_version", latest())
                .put("min_available_version", 0)
                .put("min_decryption_version", 1)
                .put("min_encryption_version", 0)
                .put("derived", false)
                .put("exportable", false)
                .put("allow_plaintext_backup", false)
                .put("deletion_allowed", false)
                .put("supports_encryption", false)
                .put("supports_decryption", false)
                .put("supports_derivation", false)
                .put("supports_signing", true)
                .toJson();
    }

    private static String type(PublicKey key) {
        return switch (key.scheme()) {
            case ED25519 -> "ed25519";
            case ECDSA_P256 -> "ecdsa-p256";
            case ECDSA_P384 -> "ecdsa-p384";
            case RSA -> "rsa-" + key.bits();
        };
    }

    /// In PEM, but for Ed25519, whose 32 bytes Vault writes in base64.
    private static String written(PublicKey key) {
        return key.scheme() == Scheme.ED25519
                ? Base64.getEncoder().encodeToString(key.point())
                : PublicKeyPem.write(key);
    }

    /// The public key file of one version.
    Bytes file(long number) {
        return Bytes.of(PublicKeyPem.write(version(number)).getBytes(StandardCharsets.US_ASCII));
    }
}
