// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import dev.chancery.core.Digest;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Checks with Bouncy Castle's lightweight classes and the JDK's integers: no provider to start, nothing native.
public final class SignatureChecks implements SignatureCheck {
    @Override
    public boolean holds(PublicKey key, ToBeSigned toBeSigned, SignatureValue signature) {
        byte[] bytes = signature.bytes().toArray();
        return switch (toBeSigned) {
            case ToBeSigned.OfMessage(var message) ->
                key.scheme() == Scheme.ED25519 && ed25519(key, message.toArray(), bytes);
            case ToBeSigned.OfDigest(var digest) ->
                switch (key.scheme()) {
                    case ED25519 -> false;
                    case ECDSA_P256, ECDSA_P384 -> ecdsa(key, digest, bytes);
                    case RSA -> RsaBlock.isSignature(key, digest, bytes);
                };
        };
    }

    private static boolean ed25519(PublicKey key, byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, key.point(), 0, message, 0, message.length);
    }

    private static boolean ecdsa(PublicKey key, Digest digest, byte[] signature) {
        ECDomainParameters curve = curve(key.scheme());
        try {
            BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(curve.getN(), signature);
            var signer = new ECDSASigner();
            signer.init(false, new ECPublicKeyParameters(curve.getCurve().decodePoint(key.point()), curve));
            return signer.verifySignature(digest.bytes(), rs[0], rs[1]);
        } catch (IOException | IllegalArgumentException e) {
            // Not a DER signature, or the key's point is not on its curve: either way nothing was signed.
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
