// SPDX-License-Identifier: Apache-2.0
package dev.chancery.der;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// Reads DER (ITU-T X.690, section 10) from front to end, in the order of a standard's own definition. No
/// length is believed before it was compared with what is left; a length that is indefinite or not minimal is
/// malformed.
public final class DerReader {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int UTC_TIME = 0x17;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    /// Bytes of an integer: RSA-16384 in a certificate that we only pass on.
    private static final int INTEGER_BYTES_MAX = 2_049;
    /// Octets of an object identifier: the longest in use have twenty.
    private static final int OID_BYTES_MAX = 64;

    /// Octets of named bits: the longest list, why a timestamp was refused (RFC 3161, section 2.4.2), has 26.
    private static final int NAMED_OCTETS_MAX = 4;

    /// Section 11.7: in UTC, with seconds; a fraction does not end in a zero. Nine digits are nanoseconds.
    private static final Pattern GENERALIZED = Pattern.compile("([0-9]{14})(?:\\.([0-9]{0,8}[1-9]))?Z");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final String subject;
    private final byte[] bytes;
    private final int end;
    private int at;

    /// `subject` begins the sentence of every fault: `CMS signature`.
    public DerReader(String subject, Bytes der) {
        this(subject, der.toArray(), 0, der.length());
    }

    private DerReader(String subject, byte[] bytes, int at, int end) {
        this.subject = subject;
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    public boolean isAtEnd() {
        return at == end;
    }

    /// Whether the next element has this tag; false at the end.
    public boolean nextIs(int tag) {
        return at < end && Byte.toUnsignedInt(bytes[at]) == tag;
    }

    /// Into the next element, which has this tag.
    public DerReader within(int tag) {
        int length = header(tag);
        at += length;
        return new DerReader(subject, bytes, at - length, at);
    }

    /// The next element whole, header and all. What is in it was not looked at.
    public Bytes element(int tag) {
        int start = at;
        int length = header(tag);
        at += length;
        return Bytes.of(Arrays.copyOfRange(bytes, start, at));
    }

    /// The next element whole, of any kind.
    public Bytes element() {
        if (isAtEnd()) {
            throw malformed("ends early");
        }
        return element(Byte.toUnsignedInt(bytes[at]));
    }

    /// What stands in the next element.
    public Bytes content(int tag) {
        return Bytes.of(octets(tag));
    }

    private byte[] octets(int tag) {
        int length = header(tag);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public boolean bool() {
        byte[] octets = octets(BOOLEAN);
        if (octets.length != 1 || (octets[0] != 0 && octets[0] != -1)) {
            throw malformed("has a boolean that is neither true nor false in DER");
        }
        return octets[0] != 0;
    }

    public BigInteger integer() {
        byte[] octets = octets(INTEGER);
        if (octets.length == 0 || octets.length > INTEGER_BYTES_MAX) {
            throw malformed("has an integer of %d bytes".formatted(octets.length));
        }
        var number = new BigInteger(octets);
        if (!Arrays.equals(number.toByteArray(), octets)) {
            throw malformed("has an integer that is not in its shortest form");
        }
        return number;
    }

    /// An integer from 0 to 127, such as a version.
    public int smallInteger() {
        var number = integer();
        if (number.signum() < 0 || number.bitLength() > 7) {
            throw malformed("has %s where a small number is expected".formatted(number));
        }
        return number.intValueExact();
    }

    /// A bit string of whole octets.
    public Bytes bits() {
        byte[] octets = octets(BIT_STRING);
        if (octets.length == 0 || octets[0] != 0) {
            throw malformed("has a bit string that is not of whole octets");
        }
        return Bytes.of(Arrays.copyOfRange(octets, 1, octets.length));
    }

    /// The numbers of the bits that are set in a list of named bits (X.690, section 11.2.2). Bit 0 is the highest
    /// of the first octet.
    public BitSet namedBits() {
        byte[] octets = octets(BIT_STRING);
        if (octets.length == 0 || octets.length > 1 + NAMED_OCTETS_MAX || octets[0] < 0 || octets[0] > 7) {
            throw malformed("has a list of bits that is not of 0 to %d bits".formatted(8 * NAMED_OCTETS_MAX));
        }
        var set = new BitSet();
        for (int bit = 0; bit < 8 * (octets.length - 1); bit++) {
            if ((octets[1 + bit / 8] & (0x80 >> (bit % 8))) != 0) {
                set.set(bit);
            }
        }
        return set;
    }

    /// In dots: `2.5.29.15`.
    public String oid() {
        byte[] octets = octets(OBJECT_IDENTIFIER);
        boolean whole = octets.length > 0 && octets.length <= OID_BYTES_MAX && octets[octets.length - 1] >= 0;
        if (!whole) {
            throw malformed("has an object identifier of %d bytes, or one that ends early".formatted(octets.length));
        }
        var text = new StringBuilder();
        var arc = BigInteger.ZERO;
        boolean begins = true;
        for (byte octet : octets) {
            if (begins && octet == (byte) 0x80) {
                throw malformed("has an object identifier that is not in its shortest form");
            }
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(octet & 0x7f));
            begins = octet >= 0;
            if (begins) {
                append(text, arc);
                arc = BigInteger.ZERO;
            }
        }
        return text.toString();
    }

    /// The first two arcs are one number (X.690, section 8.19.4).
    private static void append(StringBuilder text, BigInteger arc) {
        if (text.isEmpty()) {
            int first = Math.min(
                    2, arc.divide(BigInteger.valueOf(40)).min(BigInteger.TWO).intValue());
            text.append(first).append('.').append(arc.subtract(BigInteger.valueOf(40L * first)));
        } else {
            text.append('.').append(arc);
        }
    }

    /// A `Time` of RFC 5280, section 4.1.2.5: in UTC, in seconds, with two digits of the year (1950 to 2049) or
    /// four.
    public Instant time() {
        boolean isShort = nextIs(UTC_TIME);
        String text = new String(octets(isShort ? UTC_TIME : GENERALIZED_TIME), StandardCharsets.ISO_8859_1);
        boolean whole = text.length() == (isShort ? 13 : 15) && text.endsWith("Z");
        if (whole) {
            try {
                String digits = isShort ? century(text) + text : text;
                return LocalDateTime.parse(digits.substring(0, 14), TIME).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException notATime) {
                // Falls through to the one sentence for every fault.
            }
        }
        throw MalformedException.value(subject + "'s time", text, "is not in UTC and whole seconds");
    }

    /// A `GeneralizedTime` as DER has it, which may have a fraction of a second (X.690, section 11.7).
    public Instant generalizedTime() {
        String text = new String(octets(GENERALIZED_TIME), StandardCharsets.ISO_8859_1);
        var parts = GENERALIZED.matcher(text);
        if (parts.matches()) {
            try {
                String fraction = Objects.requireNonNullElse(parts.group(2), "");
                return LocalDateTime.parse(parts.group(1), TIME)
                        .withNano(Integer.parseInt((fraction + "000000000").substring(0, 9)))
                        .toInstant(ZoneOffset.UTC);
            } catch (DateTimeException notATime) {
                // Falls through to the one sentence for every fault.
            }
        }
        throw MalformedException.value(subject + "'s time", text, "is not in UTC as DER writes it");
    }

    private static String century(String text) {
        return text.charAt(0) >= '5' ? "19" : "20";
    }

    public void end() {
        if (!isAtEnd()) {
            throw malformed("has %d bytes behind its end".formatted(end - at));
        }
    }

    public MalformedException malformed(String fault) {
        return new MalformedException(subject + " " + fault);
    }

    private int header(int tag) {
        int found = next();
        if (found != tag) {
            throw malformed("has tag 0x%02x where 0x%02x is expected".formatted(found, tag));
        }
        if ((tag & 0x1f) == 0x1f) {
            throw malformed("has a tag of more than one octet");
        }
        int length = length();
        if (length > end - at) {
            throw malformed("claims %d bytes where %d are left".formatted(length, end - at));
        }
        return length;
    }

    /// X.690, section 10.1: definite, and as short as can be. Three octets are for 16 MiB, more than any file
    /// here.
    private int length() {
        int first = next();
        if (first < 0x80) {
            return first;
        }
        int octets = first - 0x80;
        if (octets == 0) {
            throw malformed("has an indefinite length, which DER does not have");
        }
        if (octets > 3) {
            throw malformed("has a length of %d octets".formatted(octets));
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | next();
        }
        if (length < 0x80 || (length >>> (8 * (octets - 1))) == 0) {
            throw malformed("has a length that is not in its shortest form");
        }
        return length;
    }

    private int next() {
        if (isAtEnd()) {
            throw malformed("ends early");
        }
        return Byte.toUnsignedInt(bytes[at++]);
    }
}
