// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.packet.Armor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// RFC 9580, section 6.2: "Concatenating the following data creates ASCII Armor: An Armor Header Line [...];
/// Armor Headers; A blank (zero length or containing only whitespace) line; The ASCII-Armored data; An optional
/// Armor Checksum (discouraged); The Armor Tail".
class ArmorTest {
    static List<Vectors.Case> armor() {
        return Vectors.cases("armor");
    }

    @ParameterizedTest
    @MethodSource
    void armor(Vectors.Case vector) {
        vector.judge(file -> Armor.read(Armor.Kind.SIGNATURE, file));
    }

    @Test
    void whatIsWrittenIsRead() {
        var random = new Random(5);
        for (int length = 0; length < 300; length++) {
            byte[] packets = new byte[length];
            random.nextBytes(packets);
            for (var kind : Armor.Kind.values()) {
                String written = Armor.write(kind, Bytes.of(packets));
                assertEquals(List.of(Bytes.of(packets)), Armor.read(kind, file(written)));
            }
        }
    }

    /// Section 6: "The encoded output stream must be represented in lines of no more than 76 characters each."
    @Test
    void linesAreShortAndThereAreNoHeaders() {
        String written = Armor.write(Armor.Kind.SIGNATURE, Bytes.of(new byte[1_000]));
        assertTrue(written.lines().allMatch(line -> line.length() <= 76));
        assertEquals("", written.lines().skip(1).findFirst().orElseThrow());
        assertTrue(written.endsWith("\n-----END PGP SIGNATURE-----\n"));
    }

    /// Section 6.1: "an optional Armor Checksum"; the value was computed by GnuPG.
    @Test
    void theChecksumIsThatOfOthers() {
        var gpgs = Vectors.files("gpg")
                .filter(file -> file.endsWith("ed25519-armor.asc"))
                .findFirst();
        var file = Vectors.bytes(gpgs.orElseThrow());
        var packets = Armor.read(Armor.Kind.SIGNATURE, file).getFirst();
        assertEquals(new String(file.toArray(), StandardCharsets.US_ASCII), Armor.write(Armor.Kind.SIGNATURE, packets));
    }

    @Test
    void aFileHoldsAHundredBlocks() {
        String block = Armor.write(Armor.Kind.SIGNATURE, Bytes.of(new byte[1]));
        assertEquals(
                Armor.BLOCKS_MAX,
                Armor.read(Armor.Kind.SIGNATURE, file(block.repeat(Armor.BLOCKS_MAX)))
                        .size());
        var tooMany = file(block.repeat(Armor.BLOCKS_MAX + 1));
        assertThrows(MalformedException.class, () -> Armor.read(Armor.Kind.SIGNATURE, tooMany));
    }

    /// Section 4.2: "Bit 7: Always one", so a text begins with something else.
    @Test
    void packetsAreNoText() {
        assertFalse(Armor.isArmored(Vectors.hex("c201")));
        assertTrue(Armor.isArmored(file("-----BEGIN")));
        assertFalse(Armor.isArmored(file("")));
    }

    private static Bytes file(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
