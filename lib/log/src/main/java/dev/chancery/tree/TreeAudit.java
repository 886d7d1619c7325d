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
        TileTree.check(size);
        var edge = TreeEdge.empty();
        while (edge.size() < size) {
            long index = edge.size() / TilePath.WIDTH;
            int width = (int) Math.min(TilePath.WIDTH, size - edge.size());
            var entries = tiles.entries(new TilePath.Entries(index, width));
            for (int i = 0; i < width; i++) {
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
