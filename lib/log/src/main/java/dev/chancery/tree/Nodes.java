// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import java.util.ArrayList;
import java.util.List;

/// The complete subtrees of a tree: what roots and proofs are computed from.
interface Nodes {
    /// `MTH(D[index * 2^level : (index + 1) * 2^level])`, of which all entries are there.
    TreeHash node(int level, long index);

    /// The right side of a tree of some size: at each level the hash of the entries behind the last complete
    /// subtree, `MTH(D[(size >> level) << level : size])`, where there are any.
    ///
    /// The root, and every proof that is not within a complete subtree, ends in these hashes. They are
    /// computed once.
    final class RightSide {
        private final Nodes nodes;
        private final long size;
        /// The lowest level at which entries are left over.
        private final int lowest;
        /// From that level up to the root's.
        private final List<TreeHash> hashes = new ArrayList<>();

        RightSide(Nodes nodes, long size) {
            this.nodes = nodes;
            this.size = size;
            this.lowest = Long.numberOfTrailingZeros(size) + 1;
            if (size > 0) {
                climb();
            }
        }

        private void climb() {
            TreeHash rest = nodes.node(lowest - 1, (size >> (lowest - 1)) - 1);
            hashes.add(rest);
            for (int level = lowest; size >> level != 0; level++) {
                if ((size >> level & 1) == 1) {
                    rest = TreeHash.node(nodes.node(level, (size >> level) - 1), rest);
                }
                hashes.add(rest);
            }
        }

        TreeHash root() {
            return size == 0 ? TreeHash.empty() : hashes.getLast();
        }

        /// `PATH(index, D_size)` of RFC 9162, section 2.1.3.1, from the leaf's neighbour up.
        InclusionProof inclusion(long index) {
            var path = new ArrayList<TreeHash>();
            long at = index;
            long last = size - 1;
            for (int level = 0; last > 0; level++) {
                long sibling = at ^ 1;
                if (sibling < size >> level) {
                    path.add(nodes.node(level, sibling));
                } else if (sibling == last) {
                    path.add(hashes.get(level - lowest));
                }
                at >>= 1;
                last >>= 1;
            }
            return new InclusionProof(index, size, path);
        }
    }
}
