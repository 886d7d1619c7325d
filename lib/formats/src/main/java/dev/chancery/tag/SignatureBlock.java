// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// One signature as it stands in a tag's file: its head, and the value in base64.
///
/// @param bytes the block as it was read, so that it can be written again without a change
record SignatureBlock(Authority authority, SignatureValue value, Bytes bytes) {
    /// What every head begins with, and no line of a payload.
    static final String START = "=== SIGNATURE";
    /// The same without white space.
    static final String SHOWN = START.replace(" ", "");
    /// Bytes: the largest RSA key that is accepted, a line feed behind each few of its characters, and the head.
    static final int BYTES_MAX = 4 << 10;

    private static final String HEAD = START + " ";
    /// Bytes: as long as the largest accepted RSA modulus.
    private static final int VALUE_BYTES_MAX = PublicKey.RSA_BITS_MAX / 8;
    /// Characters: what base64(1) writes.
    private static final int COLUMNS = 76;

    /// A new block.
    static SignatureBlock of(Authority authority, SignatureValue value) {
        String base64 = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'})
                .encodeToString(value.bytes().toArray());
        return new SignatureBlock(authority, value, bytes(HEAD + authority + "\n" + base64 + "\n"));
    }

    /// Reads what is exactly one block.
    static SignatureBlock parse(Bytes bytes) {
        var blocks = parseAll(new String(bytes.toArray(), StandardCharsets.ISO_8859_1));
        if (blocks.size() != 1) {
            throw new MalformedException("tag signature is %d blocks, not one".formatted(blocks.size()));
        }
        return blocks.getFirst();
    }

    /// Reads blocks that follow each other. `text` has one character for each byte.
    static List<SignatureBlock> parseAll(String text) {
        var blocks = new ArrayList<SignatureBlock>();
        int at = 0;
        while (at < text.length()) {
            int next = text.indexOf("\n" + START, at);
            int end = next < 0 ? text.length() : next + 1;
            blocks.add(parse(text.substring(at, end)));
            at = end;
        }
        return blocks;
    }

    private static SignatureBlock parse(String block) {
        if (!block.endsWith("\n")) {
            throw new MalformedException("tag signature does not end with a line feed");
        }
        int line = block.indexOf('\n');
        String head = block.substring(0, line);
        if (!head.startsWith(HEAD)) {
            throw new MalformedException(
                    "tag signature has a head that is not \"%sAUTHORITY\": %s".formatted(HEAD, Quoted.text(head)));
        }
        if (block.length() > BYTES_MAX) {
            throw new MalformedException(
                    "tag signature has %d bytes, more than %d".formatted(block.length(), BYTES_MAX));
        }
        var authority = new Authority(head.substring(HEAD.length()));
        return new SignatureBlock(authority, value(authority, block.substring(line + 1)), bytes(block));
    }

    /// The lines joined have to be the only way to write their value, wherever they are broken.
    private static SignatureValue value(Authority authority, String lines) {
        if (lines.startsWith("\n") || lines.contains("\n\n")) {
            throw malformed(authority, "has an empty line");
        }
        String base64 = lines.replace("\n", "");
        byte[] value = decoded(authority, base64);
        if (value.length == 0 || value.length > VALUE_BYTES_MAX) {
            throw malformed(authority, "has %d bytes, not 1 to %d".formatted(value.length, VALUE_BYTES_MAX));
        }
        if (!Base64.getEncoder().encodeToString(value).equals(base64)) {
            throw malformed(authority, "is not the base64 of its value");
        }
        return SignatureValue.of(value);
    }

    private static byte[] decoded(Authority authority, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("tag signature of %s is not base64".formatted(authority), e);
        }
    }

    private static MalformedException malformed(Authority authority, String fault) {
        return new MalformedException("tag signature of %s %s".formatted(authority, fault));
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
