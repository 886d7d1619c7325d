// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// The definitions of RFC 9162, section 2.1, word for word and without any thrift.
final class Reference {
    private Reference() {}

    static Bytes entry(long index) {
        return Bytes.of(("entry " + index).getBytes(StandardCharsets.US_ASCII));
    }

    static List<Bytes> entries(long from, long to) {
        return LongStream.range(from, to).mapToObj(Reference::entry).toList();
    }

    static List<TreeHash> leaves(long size) {
        return entries(0, size).stream().map(TreeHash::leaf).toList();
    }

    /// `MTH(D_n)`
    static TreeHash root(List<TreeHash> d) {
        if (d.isEmpty()) {
            return TreeHash.empty();
        }
        if (d.size() == 1) {
            return d.getFirst();
        }
        int k = Integer.highestOneBit(d.size() - 1);
        return TreeHash.node(root(d.subList(0, k)), root(d.subList(k, d.size())));
    }

    /// `PATH(m, D_n)`
    static List<TreeHash> path(int m, List<TreeHash> d) {
        if (d.size() == 1) {
            return List.of();
        }
        int k = Integer.highestOneBit(d.size() - 1);
        return m < k
                ? with(path(m, d.subList(0, k)), root(d.subList(k, d.size())))
                : with(path(m - k, d.subList(k, d.size())), root(d.subList(0, k)));
    }

    private static List<TreeHash> with(List<TreeHash> path, TreeHash last) {
        var all = new ArrayList<>(path);
        all.add(last);
        return all;
    }
}
