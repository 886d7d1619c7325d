// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import dev.chancery.core.Digest;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;

/// Checks with a security provider, for sustained work where a native one is several times faster.
///
/// What a provider may be lenient about is looked at before it is asked, so that it accepts exactly what
/// [SignatureChecks] accepts: lengths, canonical points, DER, the range of an RSA value; and the RSA block is
/// built and compared here. Its Ed25519 must compare `R` without the cofactor, as those of the JDK and of
/// AWS-LC do. Safe for use by several threads.
public final class ProviderSignatureChecks implements SignatureCheck {
    /// Keys whose Java form is kept: more than one office uses at a time.
    static final int KEYS_MAX = 1_000;

    private final Provider provider;
    /// Java forms of keys, for speed alone. When it is full it starts again.
    private final ConcurrentHashMap<KeyId, java.security.PublicKey> keys = new ConcurrentHashMap<>();

    public ProviderSignatureChecks(Provider provider) {
        this.provider = provider;
    }

    @Override
    public boolean holds(PublicKey key, ToBeSigned toBeSigned, SignatureValue signature) {
        byte[] bytes = signature.bytes().toArray();
        try {
            return switch (toBeSigned) {
                case ToBeSigned.OfMessage(var message) ->
                    key.scheme() == Scheme.ED25519 && ed25519(key, message.toArray(), bytes);
                case ToBeSigned.OfDigest(var digest) ->
                    switch (key.scheme()) {
                        case ED25519 -> false;
                        case ECDSA_P256, ECDSA_P384 -> ecdsa(key, digest, bytes);
                        case RSA -> rsa(key, digest, bytes);
                    };
            };
        } catch (GeneralSecurityException e) {
            // The provider's word for a value or a point that cannot be right.
            return false;
        }
    }

    private boolean ed25519(PublicKey key, byte[] message, byte[] signature) throws GeneralSecurityException {
        if (signature.length != 64) {
            return false;
        }
        byte[] point = key.point();
        return Ed25519Equation.isCanonical(point)
                ? verify("Ed25519", javaKey(key, "Ed25519"), message, signature)
                : Ed25519Equation.holds(point, message, signature);
    }

    private boolean ecdsa(PublicKey key, Digest digest, byte[] signature) throws GeneralSecurityException {
        return EcdsaValue.read(key.scheme(), signature).isPresent()
                && verify("NONEwithECDSA", javaKey(key, "EC"), digest.bytes(), signature);
    }

    private boolean verify(String algorithm, java.security.PublicKey key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        var check = Signature.getInstance(algorithm, provider);
        check.initVerify(key);
        check.update(message);
        return check.verify(signature);
    }

    private boolean rsa(PublicKey key, Digest digest, byte[] signature) throws GeneralSecurityException {
        var rsa = (RSAPublicKey) javaKey(key, "RSA");
        int length = RsaBlock.length(rsa);
        if (signature.length != length || new BigInteger(1, signature).compareTo(rsa.getModulus()) >= 0) {
            return false;
        }
        var verification = Cipher.getInstance("RSA/ECB/NoPadding", provider); // RSAVP1: RFC 8017, section 5.2.2
        verification.init(Cipher.ENCRYPT_MODE, rsa);
        return Arrays.equals(verification.doFinal(signature), RsaBlock.block(digest, length));
    }

    private java.security.PublicKey javaKey(PublicKey key, String algorithm) throws GeneralSecurityException {
        var known = keys.get(key.id());
        if (known != null) {
            return known;
        }
        var made = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(key.der()));
        if (keys.size() >= KEYS_MAX) {
            keys.clear();
        }
        keys.put(key.id(), made);
        return made;
    }
}
