// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.core.Digest;
import dev.chancery.core.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// A stream that gives its last bytes only when all of them have the SHA-256 that they must: who reads something else
/// never sees its end.
final class Pinned extends InputStream {
    /// Read ahead, and given when it is known whether more follows.
    static final int BUFFER_BYTES = 1 << 16;

    private static final byte[] NOTHING = {};

    private final InputStream input;
    private final MessageDigest running = sha256();
    private final Digest expected;
    private final String what;
    private byte[] current;
    private byte[] following = NOTHING;
    private int given;
    private boolean whole;

    /// The name is for the complaint.
    Pinned(InputStream input, Digest expected, String what) throws IOException {
        this.input = input;
        this.expected = expected;
        this.what = what;
        this.current = nextBuffer();
        this.following = nextBuffer();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    private byte[] nextBuffer() throws IOException {
        if (whole) {
            return NOTHING;
        }
        byte[] next = input.readNBytes(BUFFER_BYTES);
        running.update(next);
        whole = next.length < BUFFER_BYTES;
        if (whole && !Arrays.equals(running.digest(), expected.bytes())) {
            throw new RefusedException("content-changed", what + " is not what was verified");
        }
        return next;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (given == current.length) {
            current = following;
            following = nextBuffer();
            given = 0;
        }
        if (current.length == 0) {
            return -1;
        }
        int count = Math.min(length, current.length - given);
        System.arraycopy(current, given, bytes, offset, count);
        given += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
