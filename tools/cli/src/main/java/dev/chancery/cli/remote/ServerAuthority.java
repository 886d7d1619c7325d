// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonObject;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.protocol.KeyJson;
import java.util.List;

/// What a server says of an authority: the keys that it signs with, and where its public keys are.
record ServerAuthority(Authority name, List<PublicKeyFile> publicKeys, List<Key> keys) {
    /// Keys and files: more than formats, by far.
    private static final int LIST_MAX = 1_000;

    /// A file of the server's keyring.
    record PublicKeyFile(String file, String href, String sha256, FormatName format) {}

    static ServerAuthority read(JsonObject object) {
        var name = object.text("name", Authority::new);
        var files = object.list("public_keys", 0, LIST_MAX, file -> file.object(ServerAuthority::readFile));
        var keys = object.list("signing_keys", 0, LIST_MAX, key -> key.object(ServerAuthority::readKey));
        keys.forEach(key -> {
            if (!key.authority().equals(name)) {
                throw MalformedException.value("signing key", key.id().hex(), "is of " + key.authority());
            }
        });
        return new ServerAuthority(name, files, keys);
    }

    private static PublicKeyFile readFile(JsonObject file) {
        return new PublicKeyFile(
                file.text("file"), file.text("href"), file.text("sha256"), file.text("format", FormatName::new));
    }

    private static Key readKey(JsonObject object) {
        var id = object.text("key", KeyId::new);
        var key = KeyJson.read(object);
        if (!key.id().equals(id)) {
            throw object.malformed("has the ID of another key");
        }
        return key;
    }
}
