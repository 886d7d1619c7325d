// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.MalformedException;
import java.util.List;

/// What a batch of entries makes of a tree. Nothing has happened until the caller wrote [#files], signed
/// [#root] and went on with [#next].
public final class Growth {
    private final long oldSize;
    private final TreeEdge next;
    private final List<TileFile> files;
    private final Nodes.RightSide rightSide;

    Growth(long oldSize, TreeEdge next, List<TileFile> files, Nodes.RightSide rightSide) {
        this.oldSize = oldSize;
        this.next = next;
        this.files = List.copyOf(files);
        this.rightSide = rightSide;
    }

    /// The index of the batch's first entry.
    public long oldSize() {
        return oldSize;
    }

    public long size() {
        return next.size();
    }

    public TreeHash root() {
        return rightSide.root();
    }

    /// Every file that the tree of the new size has and that of the old size had not.
    public List<TileFile> files() {
        return files;
    }

    public TreeEdge next() {
        return next;
    }

    /// That an entry of the batch is in the tree of the new size; no tile is read.
    public InclusionProof inclusion(long index) {
        if (index < oldSize || index >= size()) {
            throw new MalformedException(
                    "entry %d is not of the batch from %d to before %d".formatted(index, oldSize, size()));
        }
        return rightSide.inclusion(index);
    }
}
