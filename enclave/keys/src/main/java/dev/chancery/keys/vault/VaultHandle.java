// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

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

/// The handle of one key in Transit. The package comment has its form.
record VaultHandle(Key key, Bytes salt, int keyVersion) implements KeyHandle {
    /// Bytes: no two keys of one description have one name.
    static final int SALT_BYTES = 16;

    /// Versions of one key in Transit that can be told apart here.
    static final int KEY_VERSION_MAX = 1_000_000;

    private static final int VERSION = 1;

    static VaultHandle parse(Bytes document) {
        return Json.parse(document, "key", BYTES_MAX).object(VaultHandle::read);
    }

    private static VaultHandle read(JsonObject object) {
        var key = KeyHandle.read(VERSION, object);
        var salt = object.text("vault_salt", VaultHandle::salt);
        return new VaultHandle(key, salt, (int) object.integer("vault_key_version", 1, KEY_VERSION_MAX));
    }

    private static Bytes salt(String hex) {
        boolean digits = hex.length() == 2 * SALT_BYTES
                && hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        if (!digits) {
            throw MalformedException.value("salt", hex, "is not 32 lower-case hex digits");
        }
        return Bytes.of(HexFormat.of().parseHex(hex));
    }

    @Override
    public Bytes toBytes() {
        var fields = KeyHandle.fields(VERSION, key)
                .put("vault_salt", salt.toString())
                .put("vault_key_version", keyVersion);
        return Bytes.of(fields.toJson().pretty().getBytes(StandardCharsets.UTF_8));
    }

    String keyName() {
        return keyName(NewKey.of(key), salt);
    }

    /// What the key in Transit has to be called.
    static String keyName(NewKey key, Bytes salt) {
        byte[] binding = Binding.of("chancery-vault-key-1")
                .with(salt.toArray())
                .with(key)
                .with(key.namespace().map(Object::toString).orElse(""))
                .sha256();
        return "chancery-" + HexFormat.of().formatHex(binding);
    }
}
