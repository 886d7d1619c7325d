// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Turns content into one of OpenPGP's text forms as it streams by.
///
/// A line ends with LF or CRLF; a CR elsewhere is content. In cleartext a CR before a line's end goes with the
/// spaces and tabs there, as GnuPG 2.2 and Sequoia do, though RFC 9580 names only those two. Memory is flat but
/// for a run of such characters, which is kept until the line's end decides.
final class TextReader {
    /// Bytes of white space in a row before a line's end. A longer run cannot be a text that anyone signs.
    static final int WHITESPACE_RUN_BYTES_MAX = 1 << 16;

    private static final byte[] LINE_END = {'\r', '\n'};

    private final boolean cleartext;
    private final Consumer<ByteBuffer> sink;
    private final byte[] output = new byte[1 << 14];
    private final byte[] held = new byte[WHITESPACE_RUN_BYTES_MAX];
    private int outputLength;
    private int heldLength;
    private boolean carriageReturn;
    private boolean lineEndHeld;

    TextReader(ContentForm form, Consumer<ByteBuffer> sink) {
        this.cleartext = form == ContentForm.CLEARTEXT;
        this.sink = sink;
    }

    void update(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            take(bytes.get());
        }
    }

    void finish() {
        if (carriageReturn) {
            carriageReturn = false;
            plain((byte) '\r');
        }
        boolean lastLineIsBlank = lineEndHeld && heldLength > 0;
        if (cleartext && lastLineIsBlank) {
            put(LINE_END, LINE_END.length);
        }
        flush();
    }

    private void take(byte next) {
        if (carriageReturn) {
            carriageReturn = false;
            if (next != '\n') {
                plain((byte) '\r');
            }
        }
        switch (next) {
            case '\n' -> lineEnd();
            case '\r' -> carriageReturn = true;
            default -> plain(next);
        }
    }

    private void lineEnd() {
        if (lineEndHeld) {
            put(LINE_END, LINE_END.length);
        }
        heldLength = 0;
        if (cleartext) {
            lineEndHeld = true;
        } else {
            put(LINE_END, LINE_END.length);
        }
    }

    private void plain(byte next) {
        if (cleartext && (next == ' ' || next == '\t' || next == '\r')) {
            if (heldLength == held.length) {
                throw new dev.chancery.core.MalformedException(
                        "text has more than %d bytes of white space in a row".formatted(WHITESPACE_RUN_BYTES_MAX));
            }
            held[heldLength++] = next;
            return;
        }
        releaseHeld();
        put(next);
    }

    private void releaseHeld() {
        if (lineEndHeld) {
            lineEndHeld = false;
            put(LINE_END, LINE_END.length);
        }
        put(held, heldLength);
        heldLength = 0;
    }

    private void put(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            put(bytes[i]);
        }
    }

    private void put(byte next) {
        if (outputLength == output.length) {
            flush();
        }
        output[outputLength++] = next;
    }

    private void flush() {
        sink.accept(ByteBuffer.wrap(output, 0, outputLength));
        outputLength = 0;
    }
}
