// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.MalformedException;
import dev.chancery.key.PublicKey;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.PacketVersion;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Certificates that GnuPG made, named by GnuPG for their fingerprints.
class KeyPacketTest {
    static Stream<Path> certificates() {
        return Vectors.files("gpg").filter(file -> file.getFileName().toString().matches("[0-9A-F]{40}\\.asc"));
    }

    /// RFC 9580, section 5.5.4.2: "A version 4 fingerprint is the 160-bit SHA-1 hash of the octet 0x99,
    /// followed by the 2-octet packet length, followed by the entire Public Key packet starting with the
    /// version field. The Key ID is the low-order 64 bits of the fingerprint."
    @ParameterizedTest
    @MethodSource("certificates")
    void theFingerprintIsGpgs(Path file) {
        PGPPublicKey theirs = BouncyCastleReading.certificates(Vectors.bytes(file), PacketVersion.V4)
                .getFirst()
                .keys()
                .getFirst();
        PublicKey key = BouncyCastleReading.publicKey(theirs).orElseThrow();
        var packet = KeyPacket.of(key, theirs.getCreationTime().toInstant());
        assertEquals(file.getFileName().toString(), packet.fingerprintText() + ".asc");
        assertEquals(theirs.getKeyID(), Long.parseUnsignedLong(HexFormat.of().formatHex(packet.keyId()), 16));
        assertEquals(theirs.getAlgorithm(), packet.algorithm());
        assertArrayEquals(theirs.getFingerprint(), packet.fingerprint());
    }

    @Test
    void aP384KeyIsNotOfTheProfile() {
        byte[] point = new byte[97];
        point[0] = 4;
        var key = PublicKey.ecdsaP384(point);
        assertThrows(MalformedException.class, () -> KeyPacket.of(key, Sample.NOW));
    }
}
