// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import dev.chancery.core.Digest;
import java.nio.ByteBuffer;

/// A hash function at work, whose state can be taken out. Not safe for use by several threads.
public interface RunningHash {
    /// Takes in all remaining bytes of the buffer.
    void update(ByteBuffer bytes);

    /// The state after the bytes so far; the hash can go on afterwards. Throws `IllegalStateException` when the
    /// algorithm is not resumable.
    HashState state();

    /// The digest of the bytes so far. The hash is spent afterwards.
    Digest finish();
}
