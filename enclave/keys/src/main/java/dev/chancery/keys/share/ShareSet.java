// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.share;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.keys.handle.Binding;
import dev.chancery.keys.handle.SecretBytes;
import java.time.Instant;
import java.util.List;

/// What every share of one set says of all of them.
///
/// @param key the key that they are together
/// @param name 16 bytes that no other set has
/// @param required how many shares are the key
/// @param commitments one for each share, 32 bytes, in the order of their numbers
public record ShareSet(SharedKey key, Bytes name, Instant made, int required, List<Bytes> commitments) {
    public static final int REQUIRED_MIN = 2;
    public static final int SHARES_MAX = 16;

    static final int NAME_BYTES = 16;
    static final int COMMITMENT_BYTES = 32;

    private static final String COMMITMENT_LABEL = "chancery-key-share-1";

    public ShareSet {
        commitments = List.copyOf(commitments);
        requireNumbers(required, commitments.size());
        requireBytes("set", name, NAME_BYTES);
        commitments.forEach(commitment -> requireBytes("commitment", commitment, COMMITMENT_BYTES));
    }

    private static void requireBytes(String subject, Bytes value, int length) {
        if (value.length() != length) {
            throw new MalformedException("%s has %d bytes, not %d".formatted(subject, value.length(), length));
        }
    }

    /// Throws `MalformedException` for numbers that no set has.
    public static void requireNumbers(int required, int shares) {
        if (required < REQUIRED_MIN) {
            throw new MalformedException("required are %d of %d shares, and have to be at least %d"
                    .formatted(required, shares, REQUIRED_MIN));
        }
        if (shares < required) {
            throw new MalformedException(
                    "required are %d of %d shares, more than there are".formatted(required, shares));
        }
        if (shares > SHARES_MAX) {
            throw new MalformedException("%d shares are more than %d".formatted(shares, SHARES_MAX));
        }
    }

    public int shares() {
        return commitments.size();
    }

    static Bytes commitment(Bytes name, int number, SecretBytes value) {
        return Bytes.of(Binding.of(COMMITMENT_LABEL)
                .with(name.toArray())
                .with(Integer.toString(number))
                .with(value.exposed())
                .sha256());
    }
}
