// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/// Frames: a length and that many octets.
public final class Frames {
    /// Octets of a question: 1,000 requests with a hash state each, or one content of 1 MiB in base64.
    public static final int QUESTION_BYTES_MAX = 2 << 20;
    /// Octets of an answer: 1,000 CMS signatures with their certificates.
    public static final int ANSWER_BYTES_MAX = 16 << 20;
    /// Octets: `{}`.
    private static final int BYTES_MIN = 2;

    private Frames() {}

    /// The length of the next frame; empty when the other side has said all, between two frames.
    ///
    /// Throws `MalformedException` for a length that no frame has, `EOFException` for half a length.
    public static Optional<Integer> readLength(ReadableByteChannel channel, int bytesMax) throws IOException {
        var head = ByteBuffer.allocate(Integer.BYTES);
        while (head.hasRemaining()) {
            if (channel.read(head) < 0) {
                if (head.position() == 0) {
                    return Optional.empty();
                }
                throw new EOFException("the frame ends after %d octets".formatted(head.position()));
            }
        }
        int length = head.getInt(0);
        if (length < BYTES_MIN || length > bytesMax) {
            throw new MalformedException("frame of %d octets is not one of %d to %d"
                    .formatted(Integer.toUnsignedLong(length), BYTES_MIN, bytesMax));
        }
        return Optional.of(length);
    }

    /// The octets of a frame whose length was read.
    public static Bytes readBody(ReadableByteChannel channel, int length) throws IOException {
        var body = ByteBuffer.allocate(length);
        while (body.hasRemaining()) {
            if (channel.read(body) < 0) {
                throw new EOFException("the frame has %d octets of %d".formatted(body.position(), length));
            }
        }
        return Bytes.of(body.array());
    }

    /// Writes a frame. For one thread at a time.
    public static void write(WritableByteChannel channel, Bytes body) throws IOException {
        if (body.length() < BYTES_MIN || body.length() > ANSWER_BYTES_MAX) {
            throw new MalformedException("message of %d octets does not fit a frame of %d to %d"
                    .formatted(body.length(), BYTES_MIN, ANSWER_BYTES_MAX));
        }
        var frame = ByteBuffer.allocate(Integer.BYTES + body.length())
                .putInt(body.length())
                .put(body.toArray())
                .flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }
}
