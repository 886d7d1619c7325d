// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import java.util.Arrays;
import java.util.Optional;

/// The fields of a signature (PROTOCOL.sshsig, section 1), as they stand there. Nothing in `publicKey` and `signature`
/// was looked at yet: tokens and certificates have fields there that only a refusal has to know of.
record SshSignature(
        int version, Bytes publicKey, String namespace, Bytes reserved, String hashAlgorithm, Bytes signature) {
    private static final String SUBJECT = "SSH signature";
    private static final String VALUE = "SSH signature's value";

    /// A signature value, and how it is checked.
    record Value(SshAlgorithm algorithm, SignatureValue value) {
        ToBeSigned toBeSigned(Bytes frame) {
            return algorithm.toBeSigned(frame);
        }
    }

    static SshSignature read(Bytes file) {
        var reader = new SshReader(SUBJECT, SshArmor.read(file));
        byte[] magic = SshSigFormat.magic();
        if (!Arrays.equals(reader.octets(magic.length), magic)) {
            throw reader.malformed("does not begin with SSHSIG");
        }
        int version = reader.uint32();
        if (version != SshSigFormat.VERSION) {
            return new SshSignature(version, nothing(), "", nothing(), "", nothing());
        }
        var read = new SshSignature(
                version, reader.string(), reader.text(), reader.string(), reader.text(), reader.string());
        reader.end();
        if (read.namespace.isEmpty()) {
            throw reader.malformed("has an empty namespace");
        }
        return read;
    }

    private static Bytes nothing() {
        return Bytes.of(new byte[0]);
    }

    Optional<DigestAlgorithm> hash() {
        return switch (hashAlgorithm) {
            case "sha256" -> Optional.of(DigestAlgorithm.SHA256);
            case "sha512" -> Optional.of(DigestAlgorithm.SHA512);
            default -> Optional.empty();
        };
    }

    /// The name of the key's type.
    String keyType() {
        return new SshReader(SUBJECT + "'s key", publicKey).text();
    }

    /// The name of the algorithm that the value says it is of.
    String algorithm() {
        return new SshReader(VALUE, signature).text();
    }

    /// The value, or nothing when it is of no algorithm for keys of this scheme. Throws `MalformedException` when it
    /// is and its bytes are no value.
    Optional<Value> value(Scheme scheme) {
        var reader = new SshReader(VALUE, signature);
        var algorithm = SshAlgorithm.find(reader.text(), scheme);
        if (algorithm.isEmpty()) {
            return Optional.empty();
        }
        var bytes = reader.string();
        reader.end();
        return Optional.of(new Value(algorithm.get(), algorithm.get().read(bytes)));
    }

    /// What was signed, from this signature's own words (section 2). `reserved` is empty there whatever stands in
    /// the signature: it is to be ignored, and ssh-keygen does so.
    Bytes signed(Digest content) {
        return new SshWriter()
                .octets(SshSigFormat.magic())
                .string(namespace)
                .uint32(0)
                .string(hashAlgorithm)
                .string(content.bytes())
                .bytes();
    }
}
