// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Walks over packet headers (RFC 9580, section 4.2) before anything else looks inside: every packet has a
/// known length that fits, so no reader behind this one can be made to allocate or to wait for bytes that are
/// not there.
public final class PacketReader {
    /// Packets in one file: a certificate with hundreds of certifications.
    public static final int PACKETS_MAX = 10_000;

    /// One packet: `octets` are the whole of it, `body` what stands behind the header.
    public record Packet(int tag, Bytes octets, Bytes body) {}

    private PacketReader() {}

    public static List<Packet> read(Bytes packets) {
        var packetList = new ArrayList<Packet>();
        var input = ByteBuffer.wrap(packets.toArray());
        try {
            while (input.hasRemaining()) {
                packetList.add(next(input));
                if (packetList.size() > PACKETS_MAX) {
                    throw new MalformedException("OpenPGP file has more than %d packets".formatted(PACKETS_MAX));
                }
            }
        } catch (BufferUnderflowException e) {
            throw new MalformedException("OpenPGP file ends within a packet header", e);
        }
        return packetList;
    }

    private static Packet next(ByteBuffer input) {
        int start = input.position();
        int header = input.get() & 0xff;
        if ((header & 0x80) == 0) {
            throw new MalformedException("OpenPGP file has octet 0x%02x where a packet begins".formatted(header));
        }
        boolean current = (header & 0x40) != 0;
        int tag = current ? header & 0x3f : (header >>> 2) & 0x0f;
        long length = current ? currentLength(input) : legacyLength(input, header & 0x03);
        if (length > input.remaining()) {
            throw new MalformedException(
                    "OpenPGP packet claims %d octets where %d are left".formatted(length, input.remaining()));
        }
        byte[] body = new byte[(int) length];
        input.get(body);
        byte[] octets = new byte[input.position() - start];
        input.position(start).get(octets);
        return new Packet(tag, Bytes.of(octets), Bytes.of(body));
    }

    /// Section 4.2.1. Partial lengths (224 to 254) are for streams, not for keys and signatures.
    private static long currentLength(ByteBuffer input) {
        int first = input.get() & 0xff;
        if (first < 192) {
            return first;
        }
        if (first < 224) {
            return ((first - 192L) << 8) + (input.get() & 0xff) + 192;
        }
        if (first == 255) {
            return input.getInt() & 0xffff_ffffL;
        }
        throw new MalformedException("OpenPGP packet has a partial length");
    }

    /// Section 4.2.2. Length type 3, up to the end of the file, is refused.
    private static long legacyLength(ByteBuffer input, int type) {
        return switch (type) {
            case 0 -> input.get() & 0xff;
            case 1 -> input.getShort() & 0xffff;
            case 2 -> input.getInt() & 0xffff_ffffL;
            default -> throw new MalformedException("OpenPGP packet has an indeterminate length");
        };
    }
}
