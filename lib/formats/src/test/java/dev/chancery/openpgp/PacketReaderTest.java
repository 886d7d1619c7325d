// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9580, section 4.2: packet headers.
class PacketReaderTest {
    /// Header, tag and length of the body: both formats, each form of length on both sides of its limits.
    /// Section 4.2.1.1: "A one-octet Body Length header encodes a length of 0 to 191 octets"; 4.2.1.2: "A
    /// two-octet Body Length header encodes a length of 192 to 8383 octets"; 4.2.1.3: "a length of up to
    /// 4,294,967,295 (0xFFFFFFFF) octets".
    @ParameterizedTest
    @CsvSource({
        "c200, 2, 0",
        "c2bf, 2, 191",
        "c2c000, 2, 192",
        "c2dfff, 2, 8383",
        "c2ff00000000, 2, 0",
        "c6ff000020c0, 6, 8384",
        "8800, 2, 0",
        "88ff, 2, 255",
        "990100, 6, 256",
        "9a00000100, 6, 256",
        "b400, 13, 0",
    })
    void aLengthIsRead(String header, int tag, int length) {
        var octets = new Octets().octets(Vectors.hex(header).toArray()).octets(new byte[length]);
        var packet = PacketReader.read(Bytes.of(octets.toArray())).getFirst();
        assertEquals(tag, packet.tag());
        assertEquals(Bytes.of(octets.toArray()), packet.octets());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"c201", "c2bf", "c2ffffffffff", "c2ff80000000", "c2ff7fffffff", "89ffff", "8affffffff", "c2c001"
            })
    void aLengthThatDoesNotFitIsMalformed(String header) {
        var fault = assertThrows(MalformedException.class, () -> PacketReader.read(Vectors.hex(header)));
        assertTrue(fault.sentence().contains("are left"), fault.sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2", "c2c0", "c2ff", "c2ff000000", "88", "8900", "8a000000"})
    void aHeaderThatEndsIsMalformed(String header) {
        var fault = assertThrows(MalformedException.class, () -> PacketReader.read(Vectors.hex(header)));
        assertTrue(fault.sentence().contains("ends within a packet header"), fault.sentence());
    }

    /// Section 4.2.1.4: partial body lengths are for data packets; section 4.2.2: "an indeterminate length" is
    /// not for new data.
    @ParameterizedTest
    @CsvSource({"c2e0ff, partial", "c2feff, partial", "8b00, indeterminate", "00, where a packet begins", "7f00, where"
    })
    void whatOnlyStreamsNeedIsMalformed(String header, String words) {
        var fault = assertThrows(MalformedException.class, () -> PacketReader.read(Vectors.hex(header)));
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }

    @Test
    void aFileHoldsTenThousandPackets() {
        assertEquals(0, PacketReader.read(Bytes.of(new byte[0])).size());
        assertEquals(
                PacketReader.PACKETS_MAX,
                PacketReader.read(packets(PacketReader.PACKETS_MAX)).size());
        var more = packets(PacketReader.PACKETS_MAX + 1);
        assertThrows(MalformedException.class, () -> PacketReader.read(more));
    }

    private static Bytes packets(int count) {
        var octets = new Octets();
        for (int i = 0; i < count; i++) {
            octets.packet(2, new byte[0]);
        }
        return Bytes.of(octets.toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 191, 192, 8383, 8384, 100_000})
    void whatIsWrittenIsRead(int length) {
        var written = Bytes.of(new Octets().packet(2, new byte[length]).toArray());
        var read = PacketReader.read(written);
        assertEquals(1, read.size());
        assertEquals(written, read.getFirst().octets());
    }
}
