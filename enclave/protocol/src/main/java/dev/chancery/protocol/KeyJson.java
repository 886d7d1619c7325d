// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.key.Key;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Namespace;
import dev.chancery.key.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/// Keys as JSON: all but the secret. An enclave lists its keys so, and a server those that it signs with.
public final class KeyJson {
    private KeyJson() {}

    public static Json write(Key key) {
        return fields(key).toJson();
    }

    /// To which more may be added.
    public static JsonFields fields(Key key) {
        var fields = new JsonFields()
                .put("authority", key.authority().name())
                .put("format", key.format().text())
                .put("purpose", key.purpose().label())
                .put("created", key.created().toString());
        key.expires().ifPresent(end -> fields.put("expires", end.toString()));
        key.namespace().ifPresent(namespace -> fields.put("namespace", namespace.text()));
        return fields.put(
                "public_key", Base64.getEncoder().encodeToString(key.publicKey().der()));
    }

    /// Reads these fields of an object that may have more.
    public static Key read(JsonObject object) {
        var authority = object.text("authority", Authority::new);
        var format = object.text("format", FormatName::new);
        var purpose = object.text("purpose", KeyPurpose::parse);
        var created = object.text("created", KeyJson::instant);
        var expires = object.optionalText("expires", KeyJson::instant);
        var namespace = object.optionalText("namespace", Namespace::new);
        var publicKey = PublicKey.parse(
                RequestJson.readBase64(object.required("public_key")).toArray());
        return object.check(() -> new Key(authority, format, purpose, created, expires, namespace, publicKey));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw MalformedException.value("time", text, "is not one of RFC 3339 in UTC");
        }
    }
}
