// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.RunningHash;

/// Hashes for content of unknown length, begun by the library for long content: nothing has to be kept until
/// the length shows, and nothing is loaded once the process is sealed.
record StreamHashes(Hashes hashes) implements Hashes {
    /// Uses each function once, so that what it needs is loaded.
    StreamHashes {
        for (var algorithm : DigestAlgorithm.values()) {
            if (hashes.computes(algorithm)) {
                hashes.start(algorithm, Long.MAX_VALUE).finish();
            }
        }
    }

    @Override
    public boolean computes(DigestAlgorithm algorithm) {
        return hashes.computes(algorithm);
    }

    @Override
    public RunningHash start(DigestAlgorithm algorithm) {
        return hashes.start(algorithm, Long.MAX_VALUE);
    }

    @Override
    public RunningHash resume(HashState state) {
        return hashes.resume(state);
    }
}
