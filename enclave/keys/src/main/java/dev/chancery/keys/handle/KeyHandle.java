// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Namespace;
import dev.chancery.key.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;

/// The content of one file of a [HandleDirectory]: what the key is, and where its private half is found. The
/// package comment has the fields that all of them share.
public interface KeyHandle {
    /// Bytes: an encrypted RSA-4096 key's file has 4.6 KiB.
    int BYTES_MAX = 1 << 14;

    Key key();

    Bytes toBytes();

    /// `qa.openpgp.0123456789abcdef.json`, and `qa.openpgp.0123456789abcdef.certify.json` for a certifying
    /// key.
    default String name() {
        String purpose = switch (key().purpose()) {
            case SIGN -> "";
            case CERTIFY -> ".certify";
        };
        return "%s.%s.%s%s.json"
                .formatted(key().authority(), key().format(), key().id().abbreviated(), purpose);
    }

    /// The shared fields; what follows them is the provider's own.
    static JsonFields fields(int version, Key key) {
        var fields = new JsonFields()
                .put("version", version)
                .put("authority", key.authority().name())
                .put("format", key.format().text())
                .put("purpose", key.purpose().label())
                .put("algorithm", NewKey.of(key).algorithm().label())
                .put("created", key.created().toString());
        key.expires().ifPresent(end -> fields.put("expires", end.toString()));
        key.namespace().ifPresent(namespace -> fields.put("namespace", namespace.text()));
        return fields.put("public_key", Pem.encode("PUBLIC KEY", key.publicKey().der()));
    }

    static Key read(int version, JsonObject object) {
        object.integer("version", version, version);
        var authority = object.text("authority", Authority::new);
        var format = object.text("format", FormatName::new);
        var purpose = object.text("purpose", KeyPurpose::parse);
        var algorithm = object.text("algorithm", KeyAlgorithm::parse);
        var created = object.text("created", KeyHandle::instant);
        var expires = object.optionalText("expires", KeyHandle::instant);
        var namespace = object.optionalText("namespace", Namespace::new);
        var publicKey = object.text("public_key", pem -> PublicKey.parse(Pem.decode("PUBLIC KEY", pem)));
        return object.check(() -> {
            var key = new Key(authority, format, purpose, created, expires, namespace, publicKey);
            if (NewKey.of(key).algorithm() != algorithm) {
                throw new MalformedException("public key is not of the algorithm " + algorithm.label());
            }
            return key;
        });
    }

    private static Instant instant(String text) {
        try {
            var instant = Instant.parse(text);
            if (instant.toString().equals(text)) {
                return instant;
            }
        } catch (DateTimeException notATime) {
            // Falls through to the one sentence for every fault.
        }
        throw MalformedException.value("time", text, "is not like 2026-11-21T12:00:00Z");
    }
}
