// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.MalformedException;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.Scheme;
import dev.chancery.keys.handle.SampleKeys;
import dev.chancery.keys.handle.SecretBytes;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrivateKeyInfoTest {
    private static final PrivateKeyInfo.Curve P256 = PrivateKeyInfo.Curve.p256();
    private static final PrivateKeyInfo.Curve P384 = PrivateKeyInfo.Curve.p384();

    private static SecretBytes copy(SecretBytes secret) {
        return SecretBytes.owning(secret.exposed().clone());
    }

    /// RFC 8032, section 7.1, test 1.
    @Test
    void computesTheEd25519KeyOfTheStandard() {
        var seed = SecretBytes.owning(
                HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        assertEquals(
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                HexFormat.of()
                        .formatHex(PrivateKeyInfo.publicKey(Scheme.ED25519, PrivateKeyInfo.ed25519(seed))
                                .point()));
    }

    /// RFC 6979, appendix A.2.5.
    @Test
    void computesTheP256KeyOfTheStandard() {
        var d = new BigInteger("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16);
        assertEquals(
                "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                        + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
                HexFormat.of()
                        .formatHex(PrivateKeyInfo.publicKey(Scheme.ECDSA_P256, PrivateKeyInfo.ecdsa(P256, d))
                                .point()));
    }

    /// RFC 6979, appendix A.2.6.
    @Test
    void computesTheP384KeyOfTheStandard() {
        var d = new BigInteger(
                "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5", 16);
        assertEquals(
                "04ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e"
                        + "06aae5286b300c64def8f0ea9055866064a254515480bc13"
                        + "8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9"
                        + "f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720",
                HexFormat.of()
                        .formatHex(PrivateKeyInfo.publicKey(Scheme.ECDSA_P384, PrivateKeyInfo.ecdsa(P384, d))
                                .point()));
    }

    @ParameterizedTest
    @EnumSource(names = {"ED25519", "ECDSA_P256", "ECDSA_P384"})
    void everyOtherHeaderIsNoKey(KeyAlgorithm algorithm) {
        var info = NewPrivateKey.make(algorithm, SampleKeys.RANDOM);
        var publicKey = PrivateKeyInfo.publicKey(algorithm.scheme(), info);
        for (int at = 0; at < info.exposed().length; at++) {
            var changed = copy(info);
            changed.exposed()[at] ^= 1;
            try {
                assertEquals(false, publicKey.equals(PrivateKeyInfo.publicKey(algorithm.scheme(), changed)));
            } catch (MalformedException e) {
                // As good.
            }
        }
        for (Scheme other : Scheme.values()) {
            if (other != algorithm.scheme()) {
                assertThrows(MalformedException.class, () -> PrivateKeyInfo.publicKey(other, info));
            }
        }
    }

    @Test
    void numbersOutsideTheRangeAreNoKeys() {
        assertRange(P256, 36, 32);
        assertRange(P384, 35, 48);
    }

    private static void assertRange(PrivateKeyInfo.Curve curve, int at, int bytes) {
        var n = curve.domain().getN();
        var last = PrivateKeyInfo.ecdsa(curve, n.subtract(BigInteger.ONE));
        assertEquals(n.subtract(BigInteger.ONE), PrivateKeyInfo.ecdsaNumber(curve, last));
        for (var d : new BigInteger[] {BigInteger.ZERO, n}) {
            var info = copy(last);
            byte[] number = org.bouncycastle.util.BigIntegers.asUnsignedByteArray(bytes, d);
            System.arraycopy(number, 0, info.exposed(), at, bytes);
            assertThrows(MalformedException.class, () -> PrivateKeyInfo.ecdsaNumber(curve, info));
        }
    }

    @Test
    void rsaNumbersThatDoNotBelongTogetherAreNoKey() throws Exception {
        var info = Sample.privateKey(KeyAlgorithm.RSA_3072);
        var key = PrivateKeyInfo.rsaKey(info);
        assertArrayEquals(info.exposed(), key.getEncoded());
        var two = BigInteger.TWO;
        for (var wrong : new RSAPrivateCrtKeySpec[] {
            spec(key, key.getPrivateExponent().add(two), key.getPrimeExponentP(), key.getCrtCoefficient()),
            spec(key, key.getPrivateExponent(), key.getPrimeExponentP().add(two), key.getCrtCoefficient()),
            spec(
                    key,
                    key.getPrivateExponent(),
                    key.getPrimeExponentP(),
                    key.getCrtCoefficient().add(two))
        }) {
            byte[] encoded =
                    KeyFactory.getInstance("RSA").generatePrivate(wrong).getEncoded();
            assertThrows(MalformedException.class, () -> PrivateKeyInfo.rsaKey(SecretBytes.owning(encoded)));
        }
    }

    private static RSAPrivateCrtKeySpec spec(RSAPrivateCrtKey key, BigInteger d, BigInteger dp, BigInteger inverse) {
        return new RSAPrivateCrtKeySpec(
                key.getModulus(),
                key.getPublicExponent(),
                d,
                key.getPrimeP(),
                key.getPrimeQ(),
                dp,
                key.getPrimeExponentQ(),
                inverse);
    }

    @Test
    void aClosedSecretIsZeroAndSaysNothing() {
        byte[] bytes = {1, 2, 3};
        var secret = SecretBytes.owning(bytes);
        assertEquals("SecretBytes(3 bytes)", secret.toString());
        secret.close();
        assertArrayEquals(new byte[3], bytes);
        assertThrows(IllegalStateException.class, secret::exposed);
    }
}
