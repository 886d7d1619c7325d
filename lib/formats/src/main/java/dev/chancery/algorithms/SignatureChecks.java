// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import dev.chancery.core.Digest;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Checks with Bouncy Castle's lightweight classes and the JDK's integers: no provider to start, nothing
/// native.
public final class SignatureChecks implements SignatureCheck {
    /// The neutral element (RFC 8032, section 5.1.2: `x` = 0, `y` = 1): the `R` of a signer whose `r` is zero.
    private static final byte[] NEUTRAL = Arrays.copyOf(new byte[] {1}, 32);

    @Override
    public boolean holds(PublicKey key, ToBeSigned toBeSigned, SignatureValue signature) {
        byte[] bytes = signature.bytes().toArray();
        if (toBeSigned instanceof ToBeSigned.OfMessage(var message)) {
            return key.scheme() == Scheme.ED25519 && ed25519(key, message.toArray(), bytes);
        }
        Digest digest = ((ToBeSigned.OfDigest) toBeSigned).digest();
        return switch (key.scheme()) {
            case ED25519 -> false;
            case ECDSA_P256, ECDSA_P384 -> ecdsa(key, digest, bytes);
            case RSA -> RsaBlock.isSignature(key, digest, bytes);
        };
    }

    /// Bouncy Castle multiplies the equation by the cofactor and refuses small keys; stock tools do neither.
    /// Where key and `R` have no component of small order, the two ways agree; other keys and signatures are
    /// left to the equation.
    private static boolean ed25519(PublicKey key, byte[] message, byte[] signature) {
        if (signature.length != Ed25519.SIGNATURE_SIZE) {
            return false;
        }
        byte[] point = key.point();
        return Ed25519.validatePublicKeyFull(point, 0)
                ? Ed25519.verify(signature, 0, point, 0, message, 0, message.length) && isOfPrimeOrder(signature)
                : Ed25519Equation.holds(point, message, signature);
    }

    private static boolean isOfPrimeOrder(byte[] signature) {
        return Ed25519.validatePublicKeyFull(signature, 0) || Arrays.equals(signature, 0, 32, NEUTRAL, 0, 32);
    }

    private static boolean ecdsa(PublicKey key, Digest digest, byte[] signature) {
        return EcdsaValue.read(key.scheme(), signature)
                .map(value -> ecdsa(key, digest, value))
                .orElse(false);
    }

    private static boolean ecdsa(PublicKey key, Digest digest, EcdsaValue value) {
        ECDomainParameters curve = curve(key.scheme());
        try {
            var signer = new ECDSASigner();
            signer.init(false, new ECPublicKeyParameters(curve.getCurve().decodePoint(key.point()), curve));
            return signer.verifySignature(digest.bytes(), value.r(), value.s());
        } catch (IllegalArgumentException e) {
            // The key's point is not on its curve: nothing was signed with it.
            return false;
        }
    }

    private static ECDomainParameters curve(Scheme scheme) {
        return scheme == Scheme.ECDSA_P256 ? P256.CURVE : P384.CURVE;
    }

    private static ECDomainParameters named(ASN1ObjectIdentifier oid) {
        return new ECNamedDomainParameters(oid, CustomNamedCurves.getByOID(oid));
    }

    /// Each curve is made when it is first needed: precomputation would slow every start.
    private static final class P256 {
        static final ECDomainParameters CURVE = named(SECObjectIdentifiers.secp256r1);
    }

    private static final class P384 {
        static final ECDomainParameters CURVE = named(SECObjectIdentifiers.secp384r1);
    }
}
