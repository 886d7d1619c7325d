// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.MalformedException;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {
    private static final BigInteger F4 = BigInteger.valueOf(65_537);

    /// Any odd number of so many bits will do for a modulus: nothing here factors it.
    private static BigInteger modulus(int bits) {
        return BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
    }

    private static byte[] generated(String algorithm, String curve) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        if (!curve.isEmpty()) {
            generator.initialize(new ECGenParameterSpec(curve));
        }
        return generator.generateKeyPair().getPublic().getEncoded();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ED25519, 256, 44",
        "secp256r1, ECDSA_P256, 256, 91",
        "secp384r1, ECDSA_P384, 384, 120",
    })
    void pointKeysAreRead(String curve, Scheme scheme, int bits, int length) throws Exception {
        byte[] der = generated(curve.isEmpty() ? "Ed25519" : "EC", curve);
        assertEquals(length, der.length);
        var key = PublicKey.parse(der);
        assertEquals(scheme, key.scheme());
        assertEquals(bits, key.bits());
        assertArrayEquals(der, key.der());
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        assertEquals(new KeyId(sha256), key.id());
        var again = switch (scheme) {
            case ED25519 -> PublicKey.ed25519(key.point());
            case ECDSA_P256 -> PublicKey.ecdsaP256(key.point());
            case ECDSA_P384 -> PublicKey.ecdsaP384(key.point());
            case RSA -> throw new AssertionError();
        };
        assertEquals(key, again);
        for (int at = 0; at < der.length - key.point().length + (scheme == Scheme.ED25519 ? 0 : 1); at++) {
            byte[] changed = der.clone();
            changed[at] ^= 1;
            assertThrows(MalformedException.class, () -> PublicKey.parse(changed));
        }
        for (byte[] wrong : new byte[][] {Arrays.copyOf(der, der.length - 1), Arrays.copyOf(der, der.length + 1)}) {
            assertThrows(MalformedException.class, () -> PublicKey.parse(wrong));
        }
    }

    @Test
    void pointsOfOtherLengthsAndFormsAreMalformed() {
        for (int length : new int[] {0, 31, 33, 64}) {
            assertThrows(MalformedException.class, () -> PublicKey.ed25519(new byte[length]));
        }
        byte[] compressed = new byte[33];
        compressed[0] = 2;
        byte[] hybrid = new byte[65];
        hybrid[0] = 6;
        byte[] uncompressed = new byte[65];
        uncompressed[0] = 4;
        assertEquals(Scheme.ECDSA_P256, PublicKey.ecdsaP256(uncompressed).scheme());
        for (byte[] wrong : new byte[][] {compressed, hybrid, new byte[1], new byte[65], new byte[0]}) {
            assertThrows(MalformedException.class, () -> PublicKey.ecdsaP256(wrong));
        }
        assertThrows(MalformedException.class, () -> PublicKey.ecdsaP384(uncompressed));
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 2049, 3072, 4096, 8191, 8192})
    void rsaKeysOfTheseBitsAreRead(int bits) {
        var key = PublicKey.rsa(modulus(bits), F4);
        assertEquals(Scheme.RSA, key.scheme());
        assertEquals(bits, key.bits());
        assertEquals(key, PublicKey.parse(key.der()));
        assertThrows(IllegalStateException.class, key::point);
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2047, 8193, 16384})
    void rsaKeysOfOtherBitsAreMalformed(int bits) {
        assertThrows(MalformedException.class, () -> PublicKey.rsa(modulus(bits), F4));
    }

    @ParameterizedTest
    @ValueSource(longs = {65_537, 65_539, 4_294_967_295L})
    void rsaExponentsFrom65537To32BitsAreRead(long exponent) {
        var key = PublicKey.rsa(modulus(2048), BigInteger.valueOf(exponent));
        assertEquals(key, PublicKey.parse(key.der()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 17, 65_535, 65_536, 65_538, 4_294_967_296L, 4_294_967_297L})
    void otherRsaExponentsAreMalformed(long exponent) {
        assertThrows(MalformedException.class, () -> PublicKey.rsa(modulus(2048), BigInteger.valueOf(exponent)));
    }

    @ParameterizedTest
    @CsvSource({
        "a zero too many before the modulus, 0282010100, 028201020000",
        "NULL parameters left out, 300d06092a864886f70d0101010500, 300b06092a864886f70d010101",
        "RSASSA-PSS instead of rsaEncryption, 06092a864886f70d010101, 06092a864886f70d01010a",
        "a length in another form, 0203010001, 028103010001",
    })
    void anRsaKeyInAnotherEncodingIsMalformed(String what, String from, String to) {
        String hex = HexFormat.of().formatHex(PublicKey.rsa(modulus(2048), F4).der());
        assertEquals(2, hex.split(from, -1).length, what);
        // The lengths around the change, unless it has the old length.
        String changed = hex.replace(from, to);
        int more = (to.length() - from.length()) / 2;
        var outer = new StringBuilder(changed);
        addTo(outer, 4, more);
        if (from.startsWith("02")) {
            int bitString = changed.indexOf("0382");
            addTo(outer, bitString + 4, more);
            addTo(outer, bitString + 14, more);
        }
        byte[] der = HexFormat.of().parseHex(outer);
        assertThrows(MalformedException.class, () -> PublicKey.parse(der), what);
    }

    private static void addTo(StringBuilder hex, int at, int more) {
        int length = Integer.parseInt(hex.substring(at, at + 4), 16) + more;
        hex.replace(at, at + 4, String.format("%04x", length));
    }

    @Test
    void truncatedAndExtendedRsaKeysAreMalformed() {
        byte[] der = PublicKey.rsa(modulus(2048), F4).der();
        for (int length = 0; length < der.length; length++) {
            byte[] part = Arrays.copyOf(der, length);
            assertThrows(MalformedException.class, () -> PublicKey.parse(part));
        }
        assertThrows(MalformedException.class, () -> PublicKey.parse(Arrays.copyOf(der, der.length + 1)));
        assertThrows(MalformedException.class, () -> PublicKey.parse(new byte[1 << 20]));
    }

    @Test
    void otherCurvesAreMalformed() throws Exception {
        for (byte[] der :
                new byte[][] {generated("EC", "secp521r1"), generated("Ed448", ""), generated("X25519", "")}) {
            assertThrows(MalformedException.class, () -> PublicKey.parse(der));
        }
    }
}
