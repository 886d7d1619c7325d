// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import dev.chancery.core.Authority;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.format.FormatDescription;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Optional;

/// A key that the program brought. The JDK finds the provider that the private key belongs to.
record ProgramKey(Key key, PrivateKey privateKey) implements SigningKey {
    /// Nobody said when the key was made, and no format that takes such keys asks.
    static final Instant CREATED = Instant.EPOCH;

    static ProgramKey of(Authority authority, FormatDescription format, KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        if (encoded == null) {
            throw new MalformedException("public key has no encoding");
        }
        var publicKey = PublicKey.parse(encoded);
        if (format.algorithms().stream().map(KeyAlgorithm::scheme).noneMatch(publicKey.scheme()::equals)) {
            throw MalformedException.value(
                    "public key",
                    publicKey.scheme().name(),
                    "is of no kind that format %s takes".formatted(format.name()));
        }
        var key = new Key(
                authority, format.name(), KeyPurpose.SIGN, CREATED, Optional.empty(), Optional.empty(), publicKey);
        return new ProgramKey(key, pair.getPrivate());
    }

    @Override
    public SignatureValue sign(ToBeSigned toBeSigned) {
        try {
            return switch (toBeSigned) {
                case ToBeSigned.OfMessage message ->
                    signed("Ed25519", message.message().toArray());
                case ToBeSigned.OfDigest digest ->
                    signed("NONEwithECDSA", digest.digest().bytes());
            };
        } catch (GeneralSecurityException e) {
            throw new UnavailableException("key %s cannot sign: %s".formatted(key.id(), e.getMessage()), e);
        }
    }

    private SignatureValue signed(String algorithm, byte[] message) throws GeneralSecurityException {
        var signature = Signature.getInstance(algorithm);
        signature.initSign(privateKey);
        signature.update(message);
        return SignatureValue.of(signature.sign());
    }
}
