// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import java.util.ArrayList;
import java.util.List;

/// Makes consistency proofs as RFC 9162, section 2.1.4.1, defines them.
final class Consistency {
    private final Nodes nodes;
    private final List<TreeHash> path = new ArrayList<>();

    private Consistency(Nodes nodes) {
        this.nodes = nodes;
    }

    /// `PROOF(m, D_n) = SUBPROOF(m, D_n, true)`.
    static ConsistencyProof proof(Nodes nodes, long m, long n) {
        var making = new Consistency(nodes);
        if (m > 0 && m < n) {
            making.subproof(m, new Range(0, n), true);
        }
        return new ConsistencyProof(m, n, making.path);
    }

    /// Entries from `from` to before `to`; `from` is a multiple of every power of two within.
    private record Range(long from, long to) {
        long length() {
            return to - from;
        }

        /// "k ... the largest power of two smaller than n".
        long k() {
            return Long.highestOneBit(length() - 1);
        }
    }

    /// `SUBPROOF(m, D_n, b)`, with `m` counted from the beginning of the range.
    private void subproof(long m, Range d, boolean b) {
        if (m == d.length()) {
            // "SUBPROOF(m, D_m, true) = {}"; "SUBPROOF(m, D_m, false) = {MTH(D_m)}"
            if (!b) {
                path.add(hash(d));
            }
            return;
        }
        long middle = d.from + d.k();
        if (m <= d.k()) {
            // "SUBPROOF(m, D_n, b) = SUBPROOF(m, D[0:k], b) : MTH(D[k:n])"
            subproof(m, new Range(d.from, middle), b);
            path.add(hash(new Range(middle, d.to)));
        } else {
            // "SUBPROOF(m, D_n, b) = SUBPROOF(m - k, D[k:n], false) : MTH(D[0:k])"
            subproof(m - d.k(), new Range(middle, d.to), false);
            path.add(hash(new Range(d.from, middle)));
        }
    }

    /// `MTH` of a range: RFC 9162, section 2.1.1.
    private TreeHash hash(Range d) {
        if (Long.bitCount(d.length()) == 1) {
            int level = Long.numberOfTrailingZeros(d.length());
            return nodes.node(level, d.from >> level);
        }
        long middle = d.from + d.k();
        return TreeHash.node(hash(new Range(d.from, middle)), hash(new Range(middle, d.to)));
    }
}
