// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import dev.chancery.note.VerifierKey;
import dev.chancery.tree.TreeHash;
import java.util.List;

/// What a witness knows of a log: its keys, and the largest tree that the witness cosigned; of size 0 before
/// the first.
public record WitnessedLog(List<VerifierKey> keys, long size, TreeHash root) {
    public WitnessedLog {
        keys = List.copyOf(keys);
    }

    /// A log of which nothing was seen yet.
    public static WitnessedLog unseen(List<VerifierKey> keys) {
        return new WitnessedLog(keys, 0, TreeHash.empty());
    }

    /// After a checkpoint was cosigned.
    public WitnessedLog at(Checkpoint checkpoint) {
        return new WitnessedLog(keys, checkpoint.size(), checkpoint.root());
    }
}
