// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.key.Key;
import dev.chancery.keys.handle.Binding;
import dev.chancery.keys.handle.KeyHandle;
import dev.chancery.keys.handle.NewKey;
import dev.chancery.keys.handle.Pem;
import dev.chancery.keys.handle.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/// The content of one key file: a key and its encrypted private half, bound to each other by the salt.
record KeyFile(Key key, EncryptedPrivateKey privateKey) implements KeyHandle {
    private static final int VERSION = 1;
    private static final int RANDOM_SALT_BYTES = EncryptedPrivateKey.SALT_BYTES - 32;
    private static final String PRIVATE_LABEL = "ENCRYPTED PRIVATE KEY";
    private static final String BINDING_LABEL = "chancery-key-file-1";

    KeyFile {
        byte[] salt = privateKey.salt().toArray();
        byte[] bound = Arrays.copyOfRange(salt, RANDOM_SALT_BYTES, salt.length);
        if (!MessageDigest.isEqual(bound, binding(key))) {
            throw new MalformedException("private key is not bound to what the file says of it: a field was changed");
        }
    }

    static KeyFile parse(Bytes document) {
        return Json.parse(document, "key", BYTES_MAX).object(KeyFile::read);
    }

    private static KeyFile read(JsonObject object) {
        var key = KeyHandle.read(VERSION, object);
        var privateKey = object.text("private_key", pem -> EncryptedPrivateKey.parse(Pem.decode(PRIVATE_LABEL, pem)));
        return object.check(() -> new KeyFile(key, privateKey));
    }

    static KeyFile encrypt(Key key, SecretBytes pkcs8, Passphrase passphrase, SecureRandom random) {
        byte[] salt = new byte[RANDOM_SALT_BYTES];
        random.nextBytes(salt);
        byte[] bound = ByteBuffer.allocate(EncryptedPrivateKey.SALT_BYTES)
                .put(salt)
                .put(binding(key))
                .array();
        return new KeyFile(key, EncryptedPrivateKey.encrypt(pkcs8, passphrase, Bytes.of(bound), random));
    }

    @Override
    public Bytes toBytes() {
        var fields = KeyHandle.fields(VERSION, key).put("private_key", Pem.encode(PRIVATE_LABEL, privateKey.der()));
        return Bytes.of(fields.toJson().pretty().getBytes(StandardCharsets.UTF_8));
    }

    /// The second part of the salt: see the package comment.
    static byte[] binding(Key key) {
        var binding = Binding.of(BINDING_LABEL)
                .with(NewKey.of(key))
                .with(key.publicKey().der());
        // Last and only where it is: a key without one is bound as it was before there were namespaces.
        key.namespace().ifPresent(namespace -> binding.with(namespace.text()));
        return binding.sha256();
    }
}
