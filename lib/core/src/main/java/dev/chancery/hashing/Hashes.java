// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import java.nio.ByteBuffer;

/// A library that computes hash functions and lets their state out and in.
public interface Hashes {
    /// Whether the library computes this function; SHA-2 each of them does.
    default boolean computes(DigestAlgorithm algorithm) {
        return true;
    }

    RunningHash start(DigestAlgorithm algorithm);

    /// The same for content of about so many bytes, which nobody promises: a library may choose by it.
    default RunningHash start(DigestAlgorithm algorithm, long expectedBytes) {
        return start(algorithm);
    }

    /// Goes on where a state left off, whichever library it came from.
    RunningHash resume(HashState state);

    /// The digest of the state's content followed by `suffix`.
    default Digest finish(HashState state, byte[] suffix) {
        var hash = resume(state);
        hash.update(ByteBuffer.wrap(suffix));
        return hash.finish();
    }
}
