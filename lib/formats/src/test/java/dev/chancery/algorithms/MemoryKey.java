// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Namespace;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;

/// A real key in memory, for tests. Private-key operations are the JDK's, so they share nothing with what is
/// tested.
public record MemoryKey(Key key, PrivateKey privateKey) implements SigningKey {
    /// When every key of the tests is made.
    public static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

    private static final Map<KeyAlgorithm, Pair> RSA_PAIRS = new EnumMap<>(KeyAlgorithm.class);

    /// A key that is not bound to anything yet.
    public record Pair(PublicKey publicKey, PrivateKey privateKey) {
        /// A new pair. RSA pairs are slow to make, so there is one of each size.
        public static synchronized Pair of(KeyAlgorithm algorithm) {
            return algorithm.scheme() == Scheme.RSA
                    ? RSA_PAIRS.computeIfAbsent(algorithm, Pair::generated)
                    : generated(algorithm);
        }

        private static Pair generated(KeyAlgorithm algorithm) {
            try {
                var generator = KeyPairGenerator.getInstance(
                        switch (algorithm.scheme()) {
                            case ED25519 -> "Ed25519";
                            case ECDSA_P256, ECDSA_P384 -> "EC";
                            case RSA -> "RSA";
                        });
                if (algorithm.scheme() != Scheme.ED25519) {
                    generator.initialize(algorithm.bits());
                }
                var pair = generator.generateKeyPair();
                return new Pair(PublicKey.parse(pair.getPublic().getEncoded()), pair.getPrivate());
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        public MemoryKey bound(Authority authority, FormatName format, KeyPurpose purpose) {
            var key = new Key(authority, format, purpose, CREATED, Optional.empty(), Optional.empty(), publicKey);
            return new MemoryKey(key, privateKey);
        }
    }

    /// The same key with another creation and expiry.
    public MemoryKey valid(Instant created, Optional<Instant> expires) {
        return with(created, expires, key.namespace());
    }

    /// The same key for another namespace.
    public MemoryKey in(Namespace namespace) {
        return with(key.created(), key.expires(), Optional.of(namespace));
    }

    private MemoryKey with(Instant created, Optional<Instant> expires, Optional<Namespace> namespace) {
        var other = new Key(key.authority(), key.format(), key.purpose(), created, expires, namespace, key.publicKey());
        return new MemoryKey(other, privateKey);
    }

    @Override
    public SignatureValue sign(ToBeSigned toBeSigned) {
        try {
            return SignatureValue.of(
                    switch (key.publicKey().scheme()) {
                        case ED25519 ->
                            signed(
                                    "Ed25519",
                                    ((ToBeSigned.OfMessage) toBeSigned)
                                            .message()
                                            .toArray());
                        case ECDSA_P256, ECDSA_P384 ->
                            signed("NONEwithECDSA", digest(toBeSigned).bytes());
                        case RSA -> rsa(toBeSigned);
                    });
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static dev.chancery.core.Digest digest(ToBeSigned toBeSigned) {
        return ((ToBeSigned.OfDigest) toBeSigned).digest();
    }

    private byte[] signed(String algorithm, byte[] message) throws GeneralSecurityException {
        var signature = Signature.getInstance(algorithm);
        signature.initSign(privateKey);
        signature.update(message);
        return signature.sign();
    }

    private byte[] rsa(ToBeSigned toBeSigned) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("RSA/ECB/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, privateKey);
        int length = (key.publicKey().bits() + 7) / 8;
        return cipher.doFinal(RsaBlock.block(digest(toBeSigned), length));
    }
}
