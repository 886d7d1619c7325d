// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DigestTest {
    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void readsExactlyItsLengthInLowerCase(DigestAlgorithm algorithm) {
        String hex = "0f".repeat(algorithm.digestBytes());
        var digest = Digest.parse(algorithm, hex);
        assertEquals(hex, digest.hex());
        assertEquals(algorithm.label() + ":" + hex, digest.toString());
        assertEquals(digest, new Digest(algorithm, digest.bytes()));
        for (String wrong : new String[] {
            "",
            hex + "0",
            hex + "00",
            hex.substring(1),
            hex.toUpperCase(java.util.Locale.ROOT),
            hex.replaceFirst("0", "g"),
            hex.replaceFirst("0", "٠"),
            " " + hex.substring(1)
        }) {
            assertThrows(MalformedException.class, () -> Digest.parse(algorithm, wrong));
        }
        for (int length : new int[] {0, algorithm.digestBytes() - 1, algorithm.digestBytes() + 1}) {
            assertThrows(MalformedException.class, () -> new Digest(algorithm, new byte[length]));
        }
    }

    @Test
    void nobodyCanChangeIt() {
        byte[] bytes = new byte[32];
        var digest = new Digest(DigestAlgorithm.SHA256, bytes);
        bytes[0] = 1;
        digest.bytes()[1] = 1;
        assertArrayEquals(new byte[32], digest.bytes());
        var some = Bytes.of(bytes);
        bytes[0] = 2;
        some.toArray()[0] = 3;
        assertEquals("01" + "00".repeat(31), some.toString());
    }

    @Test
    void equalBytesOfTwoAlgorithmsAreTwoDigests() {
        // The digests of SHA-512 and BLAKE2b-512 are equally long.
        assertNotEquals(
                new Digest(DigestAlgorithm.SHA512, new byte[64]),
                new Digest(DigestAlgorithm.BLAKE2B_512, new byte[64]));
        var one = new Digest(DigestAlgorithm.SHA256, new byte[32]);
        assertEquals(one, new Digest(DigestAlgorithm.SHA256, new byte[32]));
        assertNotEquals(one, new Digest(DigestAlgorithm.SHA384, new byte[48]));
        byte[] other = new byte[32];
        other[31] = 1;
        assertNotEquals(one, new Digest(DigestAlgorithm.SHA256, other));
    }

    @Test
    void algorithmsHaveTheFiguresOfTheStandard() {
        // FIPS 180-4, section 1, figure 1: block size and digest size in bits.
        assertEquals(512, DigestAlgorithm.SHA256.blockBytes() * 8);
        assertEquals(1024, DigestAlgorithm.SHA384.blockBytes() * 8);
        assertEquals(1024, DigestAlgorithm.SHA512.blockBytes() * 8);
        assertEquals("sha384", DigestAlgorithm.SHA384.label());
        // RFC 7693, sections 2.1 and 4: bb = 128 and 64 bytes of hash.
        assertEquals(128, DigestAlgorithm.BLAKE2B_512.blockBytes());
        assertEquals(64, DigestAlgorithm.BLAKE2B_512.digestBytes());
        assertEquals("blake2b512", DigestAlgorithm.BLAKE2B_512.label());
        assertEquals(32, DigestAlgorithm.SHA256.chainingBytes());
        assertEquals(64, DigestAlgorithm.SHA384.chainingBytes());
        assertEquals(64, DigestAlgorithm.SHA512.chainingBytes());
    }
}
