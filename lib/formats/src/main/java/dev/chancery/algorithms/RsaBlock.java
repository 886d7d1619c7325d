// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.key.PublicKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// The padded block of RSASSA-PKCS1-v1_5 (RFC 8017, section 9.2).
///
/// Verification builds the block and compares it (section 8.2.2, step 3 and 4); nothing in a signature is parsed,
/// so there is no padding to be lenient about.
final class RsaBlock {
    private static final HexFormat HEX = HexFormat.of();

    private RsaBlock() {}

    static boolean isSignature(PublicKey key, Digest digest, byte[] signature) {
        RSAPublicKey rsa = rsa(key);
        BigInteger modulus = rsa.getModulus();
        int length = length(rsa);
        var value = new BigInteger(1, signature);
        if (signature.length != length || value.compareTo(modulus) >= 0) {
            return false; // 8.2.2, step 1; and RSAVP1, 5.2.2, step 1
        }
        byte[] recovered = fixedLength(value.modPow(rsa.getPublicExponent(), modulus), length); // step 2
        return Arrays.equals(recovered, block(digest, length)); // steps 3 and 4
    }

    /// Bytes of a block and of a signature: those of the modulus (section 8.2.2, step 1).
    static int length(RSAPublicKey rsa) {
        return (rsa.getModulus().bitLength() + 7) / 8;
    }

    /// `00 01 FF … FF 00 ‖ DigestInfo`.
    static byte[] block(Digest digest, int length) {
        byte[] prefix = digestInfo(digest.algorithm());
        byte[] hash = digest.bytes();
        byte[] block = new byte[length];
        Arrays.fill(block, (byte) 0xff);
        block[0] = 0;
        block[1] = 1;
        int info = length - hash.length - prefix.length;
        block[info - 1] = 0;
        System.arraycopy(prefix, 0, block, info, prefix.length);
        System.arraycopy(hash, 0, block, length - hash.length, hash.length);
        return block;
    }

    /// RFC 8017, section 9.2, note 1, which has no BLAKE2b.
    private static byte[] digestInfo(DigestAlgorithm algorithm) {
        return HEX.parseHex(
                switch (algorithm) {
                    case SHA256 -> "3031300d060960864801650304020105000420";
                    case SHA384 -> "3041300d060960864801650304020205000430";
                    case SHA512 -> "3051300d060960864801650304020305000440";
                    case BLAKE2B_512 -> throw new IllegalArgumentException("RSA signs no BLAKE2b digest");
                });
    }

    private static byte[] fixedLength(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int copied = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - copied, fixed, length - copied, copied);
        return fixed;
    }

    private static RSAPublicKey rsa(PublicKey key) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key.der()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a parsed key is parsed again", e);
        }
    }
}
