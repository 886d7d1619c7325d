// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Namespace;
import dev.chancery.key.PublicKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/// The content of one key file: a key and its encrypted private half, bound to each other by the salt.
record KeyFile(Key key, EncryptedPrivateKey privateKey) {
    /// Bytes: an RSA-4096 key's file has 4.6 KiB.
    static final int BYTES_MAX = 1 << 14;

    private static final int VERSION = 1;
    private static final int RANDOM_SALT_BYTES = EncryptedPrivateKey.SALT_BYTES - 32;
    private static final String PUBLIC_LABEL = "PUBLIC KEY";
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
        object.integer("version", VERSION, VERSION);
        var authority = object.text("authority", Authority::new);
        var format = object.text("format", FormatName::new);
        var purpose = object.text("purpose", KeyPurpose::parse);
        var algorithm = object.text("algorithm", KeyAlgorithm::parse);
        var created = object.text("created", KeyFile::instant);
        var expires = object.optionalText("expires", KeyFile::instant);
        var namespace = object.optionalText("namespace", Namespace::new);
        var publicKey = object.text("public_key", pem -> PublicKey.parse(Pem.decode(PUBLIC_LABEL, pem)));
        var privateKey = object.text("private_key", pem -> EncryptedPrivateKey.parse(Pem.decode(PRIVATE_LABEL, pem)));
        return object.check(() -> {
            if (algorithm(publicKey) != algorithm) {
                throw new MalformedException("public key is not of the algorithm " + algorithm.label());
            }
            return new KeyFile(new Key(authority, format, purpose, created, expires, namespace, publicKey), privateKey);
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

    static KeyFile encrypt(Key key, SecretBytes pkcs8, Passphrase passphrase, SecureRandom random) {
        byte[] salt = new byte[RANDOM_SALT_BYTES];
        random.nextBytes(salt);
        byte[] bound = ByteBuffer.allocate(EncryptedPrivateKey.SALT_BYTES)
                .put(salt)
                .put(binding(key))
                .array();
        return new KeyFile(key, EncryptedPrivateKey.encrypt(pkcs8, passphrase, Bytes.of(bound), random));
    }

    Bytes toBytes() {
        var fields = new JsonFields()
                .put("version", VERSION)
                .put("authority", key.authority().name())
                .put("format", key.format().text())
                .put("purpose", key.purpose().label())
                .put("algorithm", algorithm(key.publicKey()).label())
                .put("created", key.created().toString());
        key.expires().ifPresent(end -> fields.put("expires", end.toString()));
        key.namespace().ifPresent(namespace -> fields.put("namespace", namespace.text()));
        fields.put("public_key", Pem.encode(PUBLIC_LABEL, key.publicKey().der()));
        fields.put("private_key", Pem.encode(PRIVATE_LABEL, privateKey.der()));
        return Bytes.of(fields.toJson().pretty().getBytes(StandardCharsets.UTF_8));
    }

    /// `qa.openpgp.0123456789abcdef.json`, and `qa.openpgp.0123456789abcdef.certify.json` for a certifying key.
    String name() {
        String purpose = switch (key.purpose()) {
            case SIGN -> "";
            case CERTIFY -> ".certify";
        };
        return "%s.%s.%s%s.json"
                .formatted(key.authority(), key.format(), key.id().abbreviated(), purpose);
    }

    /// The algorithm of a key that the office can hold; other public keys are malformed here.
    static KeyAlgorithm algorithm(PublicKey publicKey) {
        return Arrays.stream(KeyAlgorithm.values())
                .filter(algorithm -> algorithm.scheme() == publicKey.scheme() && algorithm.bits() == publicKey.bits())
                .findFirst()
                .orElseThrow(() -> new MalformedException(
                        "public key of %d bits is of no algorithm that the office makes".formatted(publicKey.bits())));
    }

    /// The second part of the salt: see the package comment.
    static byte[] binding(Key key) {
        var digest = sha256();
        field(digest, BINDING_LABEL);
        field(digest, key.authority().name());
        field(digest, key.format().text());
        field(digest, key.purpose().label());
        field(digest, algorithm(key.publicKey()).label());
        field(digest, key.created().toString());
        field(digest, key.expires().map(Instant::toString).orElse(""));
        field(digest, key.publicKey().der());
        // Last and only where it is: a key without one is bound as it was before there were namespaces.
        key.namespace().ifPresent(namespace -> field(digest, namespace.text()));
        return digest.digest();
    }

    private static void field(MessageDigest digest, String text) {
        field(digest, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void field(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
