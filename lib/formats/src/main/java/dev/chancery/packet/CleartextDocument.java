// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A text and its signature in one file: the cleartext signature framework (RFC 9580, section 7).
///
/// Reading is strict where lenient readers have been fooled: nothing may stand before the first line or behind
/// the last, the only header is `Hash` with names of hash functions, and every text line that begins with a
/// dash must be escaped.
public final class CleartextDocument {
    /// Bytes: a package index's `Release` file has some hundred KiB; the document is held in memory.
    public static final int BYTES_MAX = 1 << 24;

    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    /// Section 9.5: text names. Anything else in a header is text that nobody signed.
    private static final Set<String> HASHES =
            Set.of("MD5", "SHA1", "RIPEMD160", "SHA256", "SHA384", "SHA512", "SHA224", "SHA3-256", "SHA3-512");
    private static final String BEGIN_SIGNATURE = "-----BEGIN PGP SIGNATURE-----";

    private final Bytes text;
    private final Bytes signature;

    private CleartextDocument(Bytes text, Bytes signature) {
        this.text = text;
        this.signature = signature;
    }

    public static boolean isOne(Bytes file) {
        byte[] begin = BEGIN.getBytes(StandardCharsets.US_ASCII);
        return file.length() >= begin.length
                && ByteBuffer.wrap(file.toArray(), 0, begin.length).equals(ByteBuffer.wrap(begin));
    }

    /// Puts a text and the signature over it together. For one of version 6 there is no header (section 7.1).
    public static Bytes write(Bytes text, Signature signature) {
        if (signature.encoding() != Encoding.CLEARTEXT) {
            throw new IllegalArgumentException("signature is in encoding " + signature.encoding());
        }
        var document = new StringBuilder(BEGIN).append(isVersion6(signature) ? "\n\n" : "\nHash: SHA512\n\n");
        for (String line : lines(decoded(text))) {
            document.append(line.startsWith("-") ? "- " : "").append(line).append('\n');
        }
        document.append(new String(signature.bytes().toArray(), StandardCharsets.US_ASCII));
        return Bytes.of(document.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isVersion6(Signature armored) {
        var packets = PacketReader.read(
                Armor.read(Armor.Kind.SIGNATURE, armored.bytes()).getFirst());
        byte[] body = packets.getFirst().body().toArray();
        return body.length > 0 && body[0] == PacketVersion.V6.number();
    }

    /// Takes a document apart. The signature has not been checked: [#text] is a claim until it has.
    public static CleartextDocument read(Bytes file) {
        var lines = lines(decoded(file));
        if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals(BEGIN)) {
            throw new MalformedException("cleartext document does not begin with \"%s\"".formatted(BEGIN));
        }
        int line = 1;
        while (line < lines.size() && !lines.get(line).isBlank()) {
            requireHashHeader(lines.get(line++));
        }
        var text = new ArrayList<String>();
        for (line++; line < lines.size() && !lines.get(line).stripTrailing().equals(BEGIN_SIGNATURE); line++) {
            text.add(unescaped(lines.get(line)));
        }
        if (line >= lines.size()) {
            throw new MalformedException("cleartext document has no \"%s\"".formatted(BEGIN_SIGNATURE));
        }
        String block = String.join("\n", lines.subList(line, lines.size())) + "\n";
        return new CleartextDocument(
                Bytes.of(String.join("\n", text).getBytes(StandardCharsets.UTF_8)),
                Bytes.of(block.getBytes(StandardCharsets.UTF_8)));
    }

    private static void requireHashHeader(String line) {
        String names = line.startsWith("Hash: ") ? line.substring("Hash: ".length()) : "";
        if (!HASHES.containsAll(Arrays.asList(names.stripTrailing().split(", ?", -1)))) {
            throw MalformedException.value("cleartext header", line, "is not \"Hash: ...\" (RFC 9580, section 7.1)");
        }
    }

    /// Section 7.2: undoes dash-escaping, and drops trailing white space, which is not signed.
    private static String unescaped(String line) {
        if (line.startsWith("-") && !line.startsWith("- ")) {
            throw MalformedException.value("cleartext line", line, "begins with a dash that is not escaped");
        }
        String plain = line.startsWith("- ") ? line.substring(2) : line;
        int end = plain.length();
        while (end > 0 && (plain.charAt(end - 1) == ' ' || plain.charAt(end - 1) == '\t')) {
            end--;
        }
        return plain.substring(0, end);
    }

    /// Lines end with LF or CRLF; a text that ends with a line end has no empty line after it.
    private static List<String> lines(String text) {
        var lines = new ArrayList<>(List.of(text.replace("\r\n", "\n").split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    private static String decoded(Bytes bytes) {
        if (bytes.length() > BYTES_MAX) {
            throw new MalformedException(
                    "cleartext document has %d bytes, more than %d".formatted(bytes.length(), BYTES_MAX));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toArray()))
                    .toString();
            if (text.indexOf('\0') >= 0 || text.replace("\r\n", "\n").indexOf('\r') >= 0) {
                throw new MalformedException("cleartext document holds a NUL or a carriage return within a line");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new MalformedException("cleartext document is not UTF-8 text", e);
        }
    }

    /// The signed text: lines joined by LF, without trailing white space and without a last line end. Hash it
    /// in the form [dev.chancery.hashing.ContentForm#TEXT].
    public Bytes text() {
        return text;
    }

    /// The armored signature block, with a line feed at its end: the signature as it was before it was put in
    /// here.
    public Bytes signature() {
        return signature;
    }
}
