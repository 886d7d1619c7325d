// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Tiles in a map, as a sequencer would write them.
final class MemoryTiles implements TileSource {
    final Map<String, Bytes> files = new TreeMap<>();

    @Override
    public Optional<Bytes> read(TilePath path) {
        return Optional.ofNullable(files.get(path.toString()));
    }

    void write(List<TileFile> written) {
        for (var file : written) {
            Bytes had = files.put(file.path().toString(), file.content());
            if (had != null && !had.equals(file.content())) {
                throw new AssertionError(file.path() + " was changed");
            }
        }
    }

    /// Entries 0 to before `size`, in batches of a length.
    static MemoryTiles of(long size, int batch) {
        var tiles = new MemoryTiles();
        tiles.grow(TreeEdge.empty(), size, batch);
        return tiles;
    }

    TreeEdge grow(TreeEdge from, long size, int batch) {
        var edge = from;
        while (edge.size() < size) {
            var growth = edge.grow(Reference.entries(edge.size(), Math.min(size, edge.size() + batch)));
            write(growth.files());
            edge = growth.next();
        }
        return edge;
    }

    void changeBit(String path, int bit) {
        byte[] bytes = Objects.requireNonNull(files.get(path), path).toArray();
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        files.put(path, Bytes.of(bytes));
    }
}
