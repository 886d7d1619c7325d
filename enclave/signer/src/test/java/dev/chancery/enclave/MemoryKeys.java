// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyProvider;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A key provider in memory that can be made to lie. Its private-key operations are the JDK's.
final class MemoryKeys implements KeyProvider {
    /// What the provider lists, and what it opens when that is asked for.
    record Entry(Key listed, SigningKey opened) {}

    private final List<Entry> entries = new ArrayList<>();
    private int opened;

    MemoryKeys with(SigningKey key) {
        return with(key.key(), key);
    }

    /// Lists one key and opens another.
    MemoryKeys with(Key listed, SigningKey opens) {
        entries.add(new Entry(listed, opens));
        return this;
    }

    /// How often a key was opened.
    int opened() {
        return opened;
    }

    @Override
    public List<Key> keys() {
        return entries.stream().map(Entry::listed).toList();
    }

    @Override
    public SigningKey open(KeyId id) {
        opened++;
        return entries.stream()
                .filter(entry -> entry.listed().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UnavailableException("there is no key " + id))
                .opened();
    }

    /// A real key, and a last chance to change what it answers.
    record MemoryKey(Key key, PrivateKey privateKey, UnaryOperator<byte[]> answer) implements SigningKey {
        static MemoryKey of(Scheme scheme, Authority authority, FormatName format) {
            try {
                var generator = KeyPairGenerator.getInstance(scheme == Scheme.ED25519 ? "Ed25519" : "EC");
                if (scheme == Scheme.ECDSA_P256) {
                    generator.initialize(256);
                }
                var pair = generator.generateKeyPair();
                var publicKey = PublicKey.parse(pair.getPublic().getEncoded());
                var key = new Key(
                        authority,
                        format,
                        KeyPurpose.SIGN,
                        Office.KEYS_MADE,
                        Optional.empty(),
                        Optional.empty(),
                        publicKey);
                return new MemoryKey(key, pair.getPrivate(), UnaryOperator.identity());
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        /// The same secret under another name, as nobody should make it.
        MemoryKey as(Authority authority, FormatName format, KeyPurpose purpose) {
            return with(new Key(
                    authority, format, purpose, key.created(), key.expires(), key.namespace(), key.publicKey()));
        }

        MemoryKey valid(Instant created, Optional<Instant> expires) {
            return with(new Key(
                    key.authority(), key.format(), key.purpose(), created, expires, key.namespace(), key.publicKey()));
        }

        /// The same secret for a namespace.
        MemoryKey in(String namespace) {
            var other = Optional.of(new Namespace(namespace));
            return with(new Key(
                    key.authority(),
                    key.format(),
                    key.purpose(),
                    key.created(),
                    key.expires(),
                    other,
                    key.publicKey()));
        }

        MemoryKey answering(UnaryOperator<byte[]> other) {
            return new MemoryKey(key, privateKey, other);
        }

        private MemoryKey with(Key other) {
            return new MemoryKey(other, privateKey, answer);
        }

        @Override
        public SignatureValue sign(ToBeSigned toBeSigned) {
            try {
                boolean message = key.publicKey().scheme() == Scheme.ED25519;
                var signature = Signature.getInstance(message ? "Ed25519" : "NONEwithECDSA");
                signature.initSign(privateKey);
                signature.update(
                        switch (toBeSigned) {
                            case ToBeSigned.OfMessage(var bytes) -> bytes.toArray();
                            case ToBeSigned.OfDigest(var digest) -> digest.bytes();
                        });
                return SignatureValue.of(answer.apply(signature.sign()));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }
}
