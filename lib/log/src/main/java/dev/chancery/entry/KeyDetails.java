// SPDX-License-Identifier: Apache-2.0
package dev.chancery.entry;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;

/// The kinds of keys whose signatures Rekor version 2 takes (`PublicKeyDetails` in `sigstore_common.proto`):
/// each with its hash. Ed25519ph is not among those that we make.
public enum KeyDetails {
    PKIX_ECDSA_P256_SHA_256("EC", 256, DigestAlgorithm.SHA256),
    PKIX_ECDSA_P384_SHA_384("EC", 384, DigestAlgorithm.SHA384),
    PKIX_ECDSA_P521_SHA_512("EC", 521, DigestAlgorithm.SHA512),
    PKIX_RSA_PKCS1V15_2048_SHA256("RSA", 2048, DigestAlgorithm.SHA256),
    PKIX_RSA_PKCS1V15_3072_SHA256("RSA", 3072, DigestAlgorithm.SHA256),
    PKIX_RSA_PKCS1V15_4096_SHA256("RSA", 4096, DigestAlgorithm.SHA256);

    private final String algorithm;
    private final int bits;
    private final DigestAlgorithm digest;

    KeyDetails(String algorithm, int bits, DigestAlgorithm digest) {
        this.algorithm = algorithm;
        this.bits = bits;
        this.digest = digest;
    }

    /// What its signatures are over.
    public DigestAlgorithm digest() {
        return digest;
    }

    static KeyDetails parse(String name) {
        return Arrays.stream(values())
                .filter(details -> details.name().equals(name))
                .findFirst()
                .orElseThrow(() -> MalformedException.value("keyDetails", name, "is not known"));
    }

    /// The kind of a key in DER (`SubjectPublicKeyInfo`).
    public static KeyDetails of(Bytes subjectPublicKeyInfo) {
        for (String algorithm : new String[] {"EC", "RSA"}) {
            var bits = read(algorithm, subjectPublicKeyInfo).map(KeyDetails::bits);
            for (var details : values()) {
                if (details.algorithm.equals(algorithm)
                        && bits.filter(size -> size == details.bits).isPresent()) {
                    return details;
                }
            }
        }
        throw new MalformedException(
                "public key is neither on P-256, P-384 or P-521 nor RSA of 2,048, 3,072 or 4,096 bits");
    }

    /// Empty when it is no key of this algorithm, or not in the one spelling that DER has.
    private static Optional<PublicKey> read(String algorithm, Bytes der) {
        try {
            var key = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der.toArray()));
            return Optional.of(key).filter(read -> Arrays.equals(read.getEncoded(), der.toArray()));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int bits(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize();
            case RSAPublicKey rsa -> rsa.getModulus().bitLength();
            default -> 0;
        };
    }
}
