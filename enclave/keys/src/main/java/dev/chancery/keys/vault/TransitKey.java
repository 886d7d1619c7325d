// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.JsonFields;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.keys.handle.Pem;
import dev.chancery.keys.vault.VaultTransport.Call;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/// A key in Transit: made, and looked at before it is believed. Transit's API documentation, "Create key" and
/// "Read key", has the fields.
record TransitKey(VaultClient client, String mount, String name) {
    static final String RULE = "vault-key";
    static final String VERSION_RULE = "vault-version";

    private String path() {
        return mount + "/keys/" + name;
    }

    /// Makes the key and gives its first version's public half.
    ///
    /// Throws `RefusedException` with rule `vault-key` when what Vault made is not what was asked for, and
    /// with rule `vault-request` when it makes none.
    PublicKey create(KeyAlgorithm algorithm) {
        var wanted = new JsonFields()
                .put("type", algorithm.label())
                .put("derived", false)
                .put("exportable", false)
                .put("allow_plaintext_backup", false);
        byte[] body = wanted.toJson().line().getBytes(StandardCharsets.UTF_8);
        // Not repeatable: if the first answer was lost, the second would find the key there.
        var answer = client.send(Call.post(path(), body, false, client.times().creation()));
        if (!answer.isDone()) {
            throw notDone("makes no key", answer);
        }
        return read(document -> {
            requireAsBorn(document, algorithm);
            if (document.number("latest_version") != 1) {
                throw refused("was there before it was made");
            }
            return publicKey(document, algorithm, 1);
        });
    }

    /// The public half of a version that can sign.
    ///
    /// Throws `RefusedException` with rule `vault-key` when there is no such key, or one that is exportable,
    /// may be deleted, or was not made in Vault; with rule `vault-version` when the version can sign no more.
    PublicKey read(KeyAlgorithm algorithm, int version) {
        return read(document -> {
            requireAsBorn(document, algorithm);
            requireSigns(document, version);
            return publicKey(document, algorithm, version);
        });
    }

    private interface Reading {
        PublicKey of(VaultDocument document);
    }

    private PublicKey read(Reading reading) {
        var answer = client.send(Call.get(path(), client.times().answer()));
        if (answer.status() == 404 && answer.errors().isEmpty()) {
            throw new RefusedException(
                    RULE,
                    ("%s has no key %s in %s, which follows from what the handle says:"
                                    + " the key was deleted, or the handle was changed")
                            .formatted(client.shown(), name, mount));
        }
        if (!answer.isDone()) {
            throw notDone("does not show the key", answer);
        }
        return sensible(() -> reading.of(answer.document().object("data")));
    }

    /// Made here and never outside, kept here, and for as long as nobody changes that first.
    private void requireAsBorn(VaultDocument document, KeyAlgorithm algorithm) {
        require(document.text("name").equals(name), "has another name");
        require(document.text("type").equals(algorithm.label()), "is not of type " + algorithm.label());
        require(document.flag("supports_signing"), "does not sign");
        require(!document.flag("derived"), "is one to derive others from");
        require(!document.flag("exportable"), "is exportable");
        require(!document.flag("allow_plaintext_backup"), "may be backed up in plain text");
        require(!document.optionalFlag("imported_key"), "was not made in Vault");
        require(!document.has("restore_info"), "was restored from a backup in plain text");
        require(!document.has("backup_info"), "was backed up in plain text");
        require(!document.flag("deletion_allowed"), "may be deleted");
        // OpenBao's.
        require(!document.optionalFlag("soft_deleted"), "is deleted until somebody restores it");
    }

    private void requireSigns(VaultDocument document, int version) {
        long newest = document.number("latest_version");
        long oldest = Math.max(document.number("min_encryption_version"), document.number("min_decryption_version"));
        String fault = "";
        if (newest < version) {
            fault = "the newest is %d".formatted(newest);
        } else if (oldest > version) {
            fault = "min_encryption_version or min_decryption_version was raised to %d".formatted(oldest);
        } else if (!document.object("keys").has(String.valueOf(version))) {
            fault = "it was trimmed";
        }
        if (!fault.isEmpty()) {
            throw new RefusedException(
                    VERSION_RULE, "version %d of key %s can sign no more: %s".formatted(version, name, fault));
        }
    }

    private void require(boolean holds, String fault) {
        if (!holds) {
            throw refused(fault);
        }
    }

    private RefusedException refused(String fault) {
        return new RefusedException(RULE, "key %s of %s %s".formatted(name, client.shown(), fault));
    }

    private static PublicKey publicKey(VaultDocument document, KeyAlgorithm algorithm, int version) {
        String text = document.object("keys").object(String.valueOf(version)).text("public_key");
        var read = algorithm.scheme() == Scheme.ED25519
                ? PublicKey.ed25519(base64(text))
                : PublicKey.parse(Pem.decode("PUBLIC KEY", text.endsWith("\n") ? text : text + "\n"));
        if (read.scheme() != algorithm.scheme() || read.bits() != algorithm.bits()) {
            throw new MalformedException("public key is not of algorithm " + algorithm.label());
        }
        return read;
    }

    static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("text is not base64", e);
        }
    }

    /// What Vault says wrongly is no fault of who asked.
    <T> T sensible(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (MalformedException e) {
            throw new UnavailableException(client.shown() + " does not speak as it should: " + e.sentence(), e);
        }
    }

    /// For a status that says no without saying who may not: Vault's own words are the reason.
    RuntimeException notDone(String what, VaultAnswer answer) {
        if (answer.status() == 404) {
            return new UnavailableException(
                    "%s has no Transit at %s, with %s".formatted(client.shown(), mount, answer.said()));
        }
        if (answer.status() == 500) {
            return new UnavailableException("%s failed, with %s".formatted(client.shown(), answer.said()));
        }
        return new RefusedException("vault-request", "%s %s, with %s".formatted(client.shown(), what, answer.said()));
    }
}
