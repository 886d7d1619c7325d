// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import dev.chancery.core.Artifact;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;

/// A hash function stopped in mid-content. See the package comment for the layout.
public record HashState(DigestAlgorithm algorithm, Bytes chainingValue, long blocks, Bytes tail) {
    public HashState {
        if (!algorithm.isResumable()) {
            throw new MalformedException(
                    "hash state is of %s, whose state does not travel".formatted(algorithm.standardName()));
        }
        if (chainingValue.length() != algorithm.chainingBytes()) {
            throw new MalformedException("hash state's chaining value has %d bytes where %s has %d"
                    .formatted(chainingValue.length(), algorithm.standardName(), algorithm.chainingBytes()));
        }
        if (tail.length() >= algorithm.blockBytes()) {
            throw new MalformedException("hash state's tail has %d bytes, not fewer than one block of %d"
                    .formatted(tail.length(), algorithm.blockBytes()));
        }
        long blocksMax = Artifact.SIZE_BYTES_MAX / algorithm.blockBytes();
        if (blocks < 0 || blocks > blocksMax) {
            throw new MalformedException("hash state's block count %d is not 0 to %d".formatted(blocks, blocksMax));
        }
    }

    /// Bytes of content that the state covers.
    public long length() {
        return blocks * algorithm.blockBytes() + tail.length();
    }
}
