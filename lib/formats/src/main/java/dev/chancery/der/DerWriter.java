// SPDX-License-Identifier: Apache-2.0
package dev.chancery.der;

import dev.chancery.core.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Writes DER (ITU-T X.690, section 10), inside out: each call gives one element whole.
public final class DerWriter {
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LONG =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Instant LONG_FROM = Instant.parse("2050-01-01T00:00:00Z");
    private static final Instant SHORT_FROM = Instant.parse("1950-01-01T00:00:00Z");

    private DerWriter() {}

    public static byte[] element(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        var out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] octets = unsigned(length);
            out.write(0x80 | octets.length);
            out.writeBytes(octets);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] unsigned(int number) {
        byte[] octets = BigInteger.valueOf(number).toByteArray();
        return octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
    }

    public static byte[] sequence(byte[]... parts) {
        return element(0x30, parts);
    }

    /// A set in the order that DER demands (X.690, section 11.6); `tag` is 0x31 or that of an implicit one.
    public static byte[] setOf(int tag, List<byte[]> elements) {
        return element(tag, elements.stream().sorted(Arrays::compareUnsigned).toArray(byte[][]::new));
    }

    public static byte[] integer(BigInteger number) {
        return element(0x02, number.toByteArray());
    }

    public static byte[] integer(long number) {
        return integer(BigInteger.valueOf(number));
    }

    public static byte[] octetString(byte[] octets) {
        return element(0x04, octets);
    }

    /// Whole octets.
    public static byte[] bitString(byte[] octets) {
        return element(0x03, new byte[1], octets);
    }

    public static byte[] isTrue() {
        return element(0x01, new byte[] {-1});
    }

    public static byte[] nothing() {
        return element(0x05);
    }

    public static byte[] utf8(String text) {
        return element(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    /// RFC 5280, section 4.1.2.5, and RFC 5652, section 11.3: two digits of the year through 2049, then four.
    public static byte[] time(Instant time) {
        boolean isShort = time.isBefore(LONG_FROM) && !time.isBefore(SHORT_FROM);
        String text = (isShort ? SHORT : LONG).format(time);
        return element(isShort ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    /// An object identifier in dots; each arc fits a `long`.
    public static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        var out = new ByteArrayOutputStream();
        out.writeBytes(base128(40 * Long.parseLong(arcs[0]) + Long.parseLong(arcs[1])));
        for (String arc : List.of(arcs).subList(2, arcs.length)) {
            out.writeBytes(base128(Long.parseLong(arc)));
        }
        return element(0x06, out.toByteArray());
    }

    private static byte[] base128(long number) {
        int octets = Math.max(1, (70 - Long.numberOfLeadingZeros(number)) / 7);
        byte[] out = new byte[octets];
        for (int i = octets - 1; i >= 0; i--) {
            out[i] = (byte) ((number & 0x7f) | (i == octets - 1 ? 0 : 0x80));
            number >>>= 7;
        }
        return out;
    }

    public static byte[][] arrays(List<Bytes> elements) {
        return elements.stream().map(Bytes::toArray).toArray(byte[][]::new);
    }
}
