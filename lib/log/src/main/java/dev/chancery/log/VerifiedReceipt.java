// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import dev.chancery.tree.TreeHash;

/// That an entry is in a log that a policy trusts. Only [Receipt#verify] makes one.
public final class VerifiedReceipt {
    private final TreeHash leaf;
    private final long index;
    private final VerifiedCheckpoint checkpoint;

    VerifiedReceipt(TreeHash leaf, long index, VerifiedCheckpoint checkpoint) {
        this.leaf = leaf;
        this.index = index;
        this.checkpoint = checkpoint;
    }

    /// The hash of the entry.
    public TreeHash leaf() {
        return leaf;
    }

    public long index() {
        return index;
    }

    /// The log's checkpoint, with the witnesses that cosigned it and their times.
    public VerifiedCheckpoint checkpoint() {
        return checkpoint;
    }
}
