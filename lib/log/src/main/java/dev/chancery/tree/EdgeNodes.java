// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import java.util.ArrayList;
import java.util.List;

/// The nodes at the right edge of a tree: of each level those in tiles that are not full, and what grew
/// behind them.
///
/// Level `8t` is what tile level `t` stores; the seven levels above it are within the tile. A node's
/// neighbour is in the same tile, so nothing to the left is needed to grow, for the root, or to prove an
/// entry that was added.
final class EdgeNodes implements Nodes {
    private static final int LEVELS_OF_TILE = 8;

    /// The nodes of one level from an index on, which is that of a tile's first.
    private record Level(long first, List<TreeHash> nodes) {
        TreeHash at(long index) {
            return nodes.get(Math.toIntExact(index - first));
        }

        /// The index after the last.
        long end() {
            return first + nodes.size();
        }

        /// The same from another index on.
        Level from(long index) {
            int dropped = Math.toIntExact(index - first);
            return new Level(index, List.copyOf(nodes.subList(dropped, nodes.size())));
        }
    }

    private final List<Level> levels;

    private EdgeNodes(List<Level> levels) {
        this.levels = levels;
    }

    static EdgeNodes empty() {
        return new EdgeNodes(List.of());
    }

    /// The index of the first node at a level that is in a tile which is not full.
    private static long firstOf(int level, long size) {
        int within = level % LEVELS_OF_TILE;
        long tile = size >> (level - within + LEVELS_OF_TILE);
        return tile << (LEVELS_OF_TILE - within);
    }

    static EdgeNodes read(long size, StoredTiles tiles) {
        var levels = new ArrayList<Level>();
        for (int tileLevel = 0; size >> (tileLevel * LEVELS_OF_TILE) > 0; tileLevel++) {
            long count = size >> (tileLevel * LEVELS_OF_TILE);
            int width = (int) (count % TilePath.WIDTH);
            var path = new TilePath.Hashes(tileLevel, count / TilePath.WIDTH, Math.max(1, width));
            List<TreeHash> stored = width == 0 ? List.of() : tiles.hashes(path);
            levels.add(new Level(count - width, stored));
            for (int within = 1; within < LEVELS_OF_TILE; within++) {
                var below = levels.getLast();
                levels.add(above(below, new Level(below.first / 2, List.of())));
            }
        }
        return new EdgeNodes(levels);
    }

    /// A level with all nodes that the level below makes complete.
    private static Level above(Level below, Level had) {
        var nodes = new ArrayList<>(had.nodes);
        for (long index = had.end(); 2 * index + 1 < below.end(); index++) {
            nodes.add(TreeHash.node(below.at(2 * index), below.at(2 * index + 1)));
        }
        return new Level(had.first, nodes);
    }

    /// With leaves added; nothing is dropped, so that what was added can be proved.
    EdgeNodes grow(List<TreeHash> leaves) {
        var grown = new ArrayList<Level>();
        var bottom = had(0);
        var all = new ArrayList<>(bottom.nodes);
        all.addAll(leaves);
        grown.add(new Level(bottom.first, all));
        while (grown.getLast().end() > 1 || grown.size() % LEVELS_OF_TILE != 0) {
            grown.add(above(grown.getLast(), had(grown.size())));
        }
        return new EdgeNodes(grown);
    }

    private Level had(int level) {
        return level < levels.size() ? levels.get(level) : new Level(0, List.of());
    }

    /// Without what is in full tiles.
    EdgeNodes edge(long size) {
        var edge = new ArrayList<Level>();
        for (int level = 0; level < levels.size(); level++) {
            edge.add(levels.get(level).from(firstOf(level, size)));
        }
        return new EdgeNodes(edge);
    }

    @Override
    public TreeHash node(int level, long index) {
        return levels.get(level).at(index);
    }

    /// The tiles that a tree of the new size has and one of the old size had not.
    List<TileFile> tiles(long oldSize, long newSize) {
        var files = new ArrayList<TileFile>();
        for (int at = 0; at < levels.size(); at += LEVELS_OF_TILE) {
            var level = levels.get(at);
            if (newSize >> at > oldSize >> at) {
                tiles(at / LEVELS_OF_TILE, level, files);
            }
        }
        return files;
    }

    private static void tiles(int tileLevel, Level level, List<TileFile> files) {
        for (int from = 0; from < level.nodes.size(); from += TilePath.WIDTH) {
            var part = level.nodes.subList(from, Math.min(level.nodes.size(), from + TilePath.WIDTH));
            long index = (level.first + from) / TilePath.WIDTH;
            var path = new TilePath.Hashes(tileLevel, index, part.size());
            files.add(new TileFile(path, new HashTile(part).write()));
        }
    }
}
