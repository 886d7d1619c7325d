// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import java.util.ArrayList;
import java.util.List;

/// That a tree begins with all entries of an older one, in their order (RFC 9162, section 2.1.4).
public record ConsistencyProof(long oldSize, long newSize, List<TreeHash> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
        if (oldSize < 0 || newSize < oldSize) {
            throw new MalformedException("sizes %d and %d are not in order".formatted(oldSize, newSize));
        }
        if (path.size() > InclusionProof.HASHES_MAX) {
            throw new MalformedException(
                    "proof has %d hashes, more than %d".formatted(path.size(), InclusionProof.HASHES_MAX));
        }
    }

    /// Throws `RefusedException` (rule `consistency-proof`) when the proof does not show it.
    ///
    /// Between equal sizes and from an empty tree there is nothing to prove, so the path must be empty; the
    /// roots of equal sizes must be equal, and an empty tree's is that of no entries.
    public void verify(TreeHash oldRoot, TreeHash newRoot) {
        if (oldSize == 0 || oldSize == newSize) {
            TreeHash expected = oldSize == 0 ? TreeHash.empty() : newRoot;
            if (!path.isEmpty()) {
                throw refused("has hashes where nothing is to be proved");
            }
            if (!oldRoot.equals(expected) || (newSize == 0 && !newRoot.equals(expected))) {
                throw refused("is between trees with different roots");
            }
        } else {
            verifyPath(oldRoot, newRoot);
        }
    }

    /// RFC 9162, section 2.1.4.2, in its steps: `first` is the old size, `second` the new one.
    private void verifyPath(TreeHash oldRoot, TreeHash newRoot) {
        // 1. "If consistency_path is an empty array, stop and fail the proof verification."
        if (path.isEmpty()) {
            throw refused("has no hashes");
        }
        var hashes = new ArrayList<TreeHash>();
        // 2. "If first is an exact power of 2, then prepend first_hash to the consistency_path array."
        if (Long.bitCount(oldSize) == 1) {
            hashes.add(oldRoot);
        }
        hashes.addAll(path);
        // 3. "Set fn to first - 1 and sn to second - 1."
        long fn = oldSize - 1;
        long sn = newSize - 1;
        // 4. "If LSB(fn) is set, then right-shift both fn and sn equally until LSB(fn) is not set."
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        // 5. "Set both fr and sr to the first value in the consistency_path array."
        TreeHash fr = hashes.getFirst();
        TreeHash sr = fr;
        // 6. "For each subsequent value c in the consistency_path array:"
        for (TreeHash c : hashes.subList(1, hashes.size())) {
            // "a. If sn is 0, then stop the iteration and fail the proof verification."
            if (sn == 0) {
                throw refused("has more hashes than the tree has levels");
            }
            if ((fn & 1) == 1 || fn == sn) {
                // "b. If LSB(fn) is set, or if fn is equal to sn, then: i. Set fr to HASH(0x01 || c || fr). ii. Set sr
                // to
                // HASH(0x01 || c || sr)."
                fr = TreeHash.node(c, fr);
                sr = TreeHash.node(c, sr);
                // "iii. If LSB(fn) is not set, then right-shift both fn and sn equally until either LSB(fn) is set or
                // fn is
                // 0."
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                // "Otherwise: i. Set sr to HASH(0x01 || sr || c)."
                sr = TreeHash.node(sr, c);
            }
            // "c. Finally, right-shift both fn and sn one time."
            fn >>= 1;
            sn >>= 1;
        }
        // 7. "verify that the fr calculated is equal to first_hash, that the sr calculated is equal to second_hash, and
        // that
        // sn is 0".
        if (sn != 0 || !fr.equals(oldRoot) || !sr.equals(newRoot)) {
            throw refused("does not lead to both roots");
        }
    }

    private RefusedException refused(String fault) {
        return new RefusedException(
                "consistency-proof",
                "the proof between trees of %d and %d entries %s".formatted(oldSize, newSize, fault));
    }
}
