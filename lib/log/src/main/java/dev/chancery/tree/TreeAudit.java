// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;

/// Builds a stored tree again from its entries, as if they came now, and compares every tile with the one
/// that is stored. Memory is flat: one bundle of entries and the edge.
public final class TreeAudit {
    /// What is told of each entry.
    public interface Entries {
        /// Throws `MalformedException` when the entry is not what it should be; the audit ends with it.
        void take(long index, Bytes entry);
    }

    private final StoredTiles tiles;
    private final Entries consumer;

    public TreeAudit(TileSource source, Entries consumer) {
        this.tiles = new StoredTiles(source);
        this.consumer = consumer;
    }

    /// The edge of the tree of this size, whose root and tiles are those of its entries.
    ///
    /// Throws `MalformedException` that names the first file which is missing, broken, or other than the
    /// entries make it; and what [TileSource#read] throws.
    public TreeEdge run(long size) {
        return resume(TreeEdge.empty(), size);
    }

    /// The same for a tree of which the beginning, up to this edge, was built before: only what came after it
    /// is read, shown and compared. Throws as [#run] does; what it shows before is nobody's word yet.
    public TreeEdge resume(TreeEdge from, long size) {
        TileTree.check(size);
        if (size < from.size()) {
            throw new MalformedException("a tree of %d entries does not go on to %d".formatted(from.size(), size));
        }
        var edge = from;
        while (edge.size() < size) {
            long index = edge.size() / TilePath.WIDTH;
            int known = (int) (edge.size() % TilePath.WIDTH);
            int width = (int) Math.min(TilePath.WIDTH, size - index * TilePath.WIDTH);
            var bundle = tiles.entries(new TilePath.Entries(index, width));
            var entries = bundle.subList(known, width);
            for (int i = 0; i < entries.size(); i++) {
                consumer.take(edge.size() + i, entries.get(i));
            }
            var growth = edge.grow(entries);
            growth.files().stream().filter(file -> file.path().isFull()).forEach(this::compare);
            edge = growth.next();
        }
        edge.files().forEach(this::compare);
        return edge;
    }

    private void compare(TileFile expected) {
        if (expected.path() instanceof TilePath.Hashes path) {
            var made = HashTile.parse(expected.content()).hashes();
            var stored = tiles.hashes(path);
            for (int i = 0; i < made.size(); i++) {
                if (!made.get(i).equals(stored.get(i))) {
                    throw new MalformedException("%s of the log is broken: hash %d is %s, and the entries make it %s"
                            .formatted(path, i, stored.get(i), made.get(i)));
                }
            }
        }
    }
}
