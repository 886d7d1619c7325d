// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.key.Key;
import dev.chancery.keys.handle.Binding;
import dev.chancery.keys.handle.KeyHandle;
import dev.chancery.keys.handle.NewKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The handle of one key in a token. The package comment has its form.
record TokenHandle(Key key, Bytes salt) implements KeyHandle {
    /// Bytes: no two keys of one description have one `CKA_ID`.
    static final int SALT_BYTES = 16;

    private static final int VERSION = 1;

    static TokenHandle parse(Bytes document) {
        return Json.parse(document, "key", BYTES_MAX).object(TokenHandle::read);
    }

    private static TokenHandle read(JsonObject object) {
        var key = KeyHandle.read(VERSION, object);
        return new TokenHandle(key, object.text("token_salt", TokenHandle::salt));
    }

    private static Bytes salt(String hex) {
        try {
            byte[] salt = HexFormat.of().parseHex(hex);
            if (salt.length == SALT_BYTES && HexFormat.of().formatHex(salt).equals(hex)) {
                return Bytes.of(salt);
            }
        } catch (IllegalArgumentException notHex) {
            // Falls through to the one sentence for every fault.
        }
        throw MalformedException.value("salt", hex, "is not 32 lower-case hex digits");
    }

    @Override
    public Bytes toBytes() {
        var fields = KeyHandle.fields(VERSION, key).put("token_salt", salt.toString());
        return Bytes.of(fields.toJson().pretty().getBytes(StandardCharsets.UTF_8));
    }

    byte[] objectId() {
        return objectId(NewKey.of(key), salt);
    }

    /// What `CKA_ID` has to be.
    static byte[] objectId(NewKey key, Bytes salt) {
        return Binding.of("chancery-token-key-1")
                .with(salt.toArray())
                .with(key)
                .with(key.namespace().map(Object::toString).orElse(""))
                .sha256();
    }
}
