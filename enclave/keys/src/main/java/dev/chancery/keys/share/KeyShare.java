// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.share;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.keys.handle.SecretBytes;

/// One share of a key: the set to which it belongs, its number from 1, and its value.
public record KeyShare(ShareSet set, int number, SecretBytes value) implements AutoCloseable {
    /// Bytes of text.
    public static final int TEXT_BYTES_MAX = 1 << 16;

    static final int VALUE_BYTES_MIN = 16;
    static final int VALUE_BYTES_MAX = 1 << 13;

    public KeyShare {
        if (number < 1 || number > set.shares()) {
            throw new MalformedException("share %d is not one of %d".formatted(number, set.shares()));
        }
        requireLength(value);
        if (!ShareSet.commitment(set.name(), number, value)
                .equals(set.commitments().get(number - 1))) {
            throw new MalformedException("share %d has another value than its commitment says".formatted(number));
        }
    }

    static void requireLength(SecretBytes value) {
        int length = value.exposed().length;
        if (length < VALUE_BYTES_MIN || length > VALUE_BYTES_MAX) {
            throw new MalformedException("%d bytes are not shared: at least %d and at most %d are"
                    .formatted(length, VALUE_BYTES_MIN, VALUE_BYTES_MAX));
        }
    }

    public static KeyShare parse(Bytes text) {
        return ShareText.parse(text);
    }

    public Bytes toText() {
        return ShareText.write(this);
    }

    @Override
    public void close() {
        value.close();
    }
}
