// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.algorithms.EcdsaValue;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;

/// What a signature value is: the table of the package comment. `ssh-rsa` with its SHA-1 is not here on purpose.
enum SshAlgorithm {
    ED25519(SshPublicKey.ED25519, Scheme.ED25519, DigestAlgorithm.SHA512),
    ECDSA_P256(SshPublicKey.P256, Scheme.ECDSA_P256, DigestAlgorithm.SHA256),
    ECDSA_P384(SshPublicKey.P384, Scheme.ECDSA_P384, DigestAlgorithm.SHA384),
    /// First of RSA: the one that is made.
    RSA_SHA512("rsa-sha2-512", Scheme.RSA, DigestAlgorithm.SHA512),
    RSA_SHA256("rsa-sha2-256", Scheme.RSA, DigestAlgorithm.SHA256);

    /// Bits: the larger curve's order. A longer integer is not a signature's, and would not fit the DER of one.
    private static final int ORDER_BITS_MAX = 384;

    private final String label;
    private final Scheme scheme;
    /// Over the frame; Ed25519 takes the frame itself.
    private final DigestAlgorithm digest;

    SshAlgorithm(String label, Scheme scheme, DigestAlgorithm digest) {
        this.label = label;
        this.scheme = scheme;
        this.digest = digest;
    }

    /// The algorithm that a key of this scheme signs by.
    static SshAlgorithm of(Scheme scheme) {
        for (var algorithm : values()) {
            if (algorithm.scheme == scheme) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("no algorithm of SSH is for " + scheme);
    }

    /// The algorithm of this name if a key of this scheme can sign by it.
    static Optional<SshAlgorithm> find(String label, Scheme scheme) {
        for (var algorithm : values()) {
            if (algorithm.label.equals(label) && algorithm.scheme == scheme) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    String label() {
        return label;
    }

    ToBeSigned toBeSigned(Bytes frame) {
        return scheme.signsDigest() ? new ToBeSigned.OfDigest(digest(frame)) : new ToBeSigned.OfMessage(frame);
    }

    private Digest digest(Bytes frame) {
        try {
            return new Digest(
                    digest, MessageDigest.getInstance(digest.standardName()).digest(frame.toArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + digest.standardName(), e);
        }
    }

    /// A key's answer as SSH writes it: RFC 5656, section 3.1.2, has `mpint r, mpint s` where others have DER.
    Bytes write(SignatureValue value) {
        if (!isEcdsa()) {
            return value.bytes();
        }
        var integers = EcdsaValue.read(scheme, value.bytes().toArray())
                .orElseThrow(() -> new UnavailableException("key answered %d bytes that are no ECDSA signature"
                        .formatted(value.bytes().length())));
        return new SshWriter().mpint(integers.r()).mpint(integers.s()).bytes();
    }

    /// The other way. Whether the value is right is for the check to say.
    SignatureValue read(Bytes written) {
        if (!isEcdsa()) {
            return new SignatureValue(written);
        }
        var reader = new SshReader("ECDSA signature", written);
        var integers = new EcdsaValue(reader.positive(), reader.positive());
        reader.end();
        if (Math.max(integers.r().bitLength(), integers.s().bitLength()) > ORDER_BITS_MAX) {
            throw reader.malformed("has an integer of more than %d bits".formatted(ORDER_BITS_MAX));
        }
        return SignatureValue.of(integers.der());
    }

    private boolean isEcdsa() {
        return scheme == Scheme.ECDSA_P256 || scheme == Scheme.ECDSA_P384;
    }
}
