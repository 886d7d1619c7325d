// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import java.util.List;

/// That an entry stands at an index of a tree (RFC 9162, section 2.1.3): the hashes beside the way from the
/// leaf up.
public record InclusionProof(long index, long size, List<TreeHash> path) {
    /// Hashes: the height of a tree of less than 2^63 entries.
    public static final int HASHES_MAX = 63;

    public InclusionProof {
        path = List.copyOf(path);
        if (index < 0 || size < 0) {
            throw new MalformedException("index %d or size %d is negative".formatted(index, size));
        }
        if (path.size() > HASHES_MAX) {
            throw new MalformedException("proof has %d hashes, more than %d".formatted(path.size(), HASHES_MAX));
        }
    }

    /// Checks that the leaf is in the tree with this root. Throws `RefusedException` (rule `inclusion-proof`)
    /// when the proof does not show it.
    public void verify(TreeHash leaf, TreeHash root) {
        if (!rootOf(leaf).equals(root)) {
            throw refused("leads to another root than %s".formatted(root));
        }
    }

    /// The root that this proof leads to from a leaf: RFC 9162, section 2.1.3.2, in its steps, with `r` not
    /// yet compared.
    private TreeHash rootOf(TreeHash leaf) {
        // 1. "Compare leaf_index ... against tree_size. If leaf_index is greater than or equal to tree_size, then
        // fail."
        if (index >= size) {
            throw refused("is for an entry beyond the tree's end");
        }
        // 2. and 3. "Set fn to leaf_index and sn to tree_size - 1." "Set r to hash."
        long fn = index;
        long sn = size - 1;
        TreeHash r = leaf;
        // 4. "For each value p in the inclusion_path array:"
        for (TreeHash p : path) {
            // "a. If sn is 0, then stop the iteration and fail the proof verification."
            if (sn == 0) {
                throw refused("has more hashes than the tree has levels");
            }
            if ((fn & 1) == 1 || fn == sn) {
                // "b. If LSB(fn) is set, or if fn is equal to sn, then: i. Set r to HASH(0x01 || p || r)."
                r = TreeHash.node(p, r);
                // "ii. If LSB(fn) is not set, then right-shift both fn and sn equally until either LSB(fn) is set or
                // fn is 0."
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                // "Otherwise: i. Set r to HASH(0x01 || r || p)."
                r = TreeHash.node(r, p);
            }
            // "c. Finally, right-shift both fn and sn one time."
            fn >>= 1;
            sn >>= 1;
        }
        // 5. "Compare sn to 0."
        if (sn != 0) {
            throw refused("has fewer hashes than the tree has levels");
        }
        return r;
    }

    private RefusedException refused(String fault) {
        return new RefusedException("inclusion-proof", "the proof for entry %d of %d %s".formatted(index, size, fault));
    }
}
