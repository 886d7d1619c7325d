// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/// A signature line of a note. It is a claim until [SignedNote#open] has checked it.
public record NoteSignature(KeyName name, int keyId, Bytes blob) {
    /// An em dash and a space: what each line begins with.
    static final String MARK = "\u2014 ";

    public NoteSignature {
        if (blob.length() == 0) {
            throw MalformedException.value("signature line of", name.text(), "has no signature");
        }
    }

    /// Reads a line without its line feed.
    public static NoteSignature parse(String line) {
        int space = line.indexOf(' ', MARK.length());
        if (!line.startsWith(MARK) || space < 0) {
            throw MalformedException.value("signature line", line, "is not \"\u2014 NAME BASE64\"");
        }
        byte[] bytes = NoteText.base64(line.substring(space + 1), "signature");
        if (bytes.length <= Integer.BYTES) {
            throw MalformedException.value("signature line", line, "has no signature after the key ID");
        }
        return new NoteSignature(
                new KeyName(line.substring(MARK.length(), space)),
                ByteBuffer.wrap(bytes).getInt(),
                Bytes.of(Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length)));
    }

    /// The line without its line feed.
    public String line() {
        byte[] id = ByteBuffer.allocate(Integer.BYTES).putInt(keyId).array();
        return MARK + name + " " + Base64.getEncoder().encodeToString(NoteText.joined(id, blob.toArray()));
    }
}
