// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.UnavailableException;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureValue;
import dev.chancery.keys.handle.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.Cipher;

/// For sustained work: every operation by one JCA provider, such as Amazon's Corretto Crypto Provider, which
/// signs several times as fast as all others and takes longer to start.
///
/// Keys are made by the provider's own `KeyFactory` where it has one, else by the JDK's: Amazon's has none for
/// Ed25519 and takes the JDK's keys.
public final class ProviderLibrary implements PrivateKeyLibrary {
    private final Provider provider;

    public ProviderLibrary(Provider provider) {
        this.provider = provider;
    }

    @Override
    public PrivateKeyLibrary.Operation load(PublicKey publicKey, SecretBytes pkcs8) {
        try {
            return switch (publicKey.scheme()) {
                case ED25519 -> {
                    var signatures = signatures("Ed25519", key("Ed25519", pkcs8));
                    yield toBeSigned -> signed(
                            signatures,
                            PrivateKeyLibrary.Operation.message(toBeSigned).toArray());
                }
                case ECDSA_P256, ECDSA_P384 -> {
                    var signatures = signatures("NONEwithECDSA", key("EC", pkcs8));
                    yield toBeSigned -> signed(
                            signatures,
                            PrivateKeyLibrary.Operation.digest(toBeSigned).bytes());
                }
                case RSA ->
                    new RsaOperation(
                            key("RSA", pkcs8), () -> Cipher.getInstance(RsaOperation.TRANSFORMATION, provider));
            };
        } catch (GeneralSecurityException e) {
            throw new UnavailableException(
                    "provider " + provider.getName() + " does not take the private key: " + e.getMessage(), e);
        }
    }

    private PrivateKey key(String algorithm, SecretBytes pkcs8) throws GeneralSecurityException {
        var factory = provider.getService("KeyFactory", algorithm) == null
                ? KeyFactory.getInstance(algorithm)
                : KeyFactory.getInstance(algorithm, provider);
        return factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8.exposed()));
    }

    /// The first one is made at once, so that a key that the provider does not take shows when it is loaded.
    private Pool<Signature> signatures(String algorithm, PrivateKey key) throws GeneralSecurityException {
        Pool.Making<Signature> making = () -> {
            var signature = Signature.getInstance(algorithm, provider);
            signature.initSign(key);
            return signature;
        };
        making.make();
        return new Pool<>(making);
    }

    private static SignatureValue signed(Pool<Signature> signatures, byte[] bytes) {
        return SignatureValue.of(signatures.use(signature -> {
            signature.update(bytes);
            return signature.sign();
        }));
    }
}
