// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A tree of some size, read out of tiles. For one thread.
///
/// What comes out is as good as the tiles: a root must be compared with a signed one, a proof be verified
/// against it. Each method throws `MalformedException` when a tile is missing or broken, and what
/// [TileSource#read] throws.
public final class TileTree {
    /// Tiles that are kept, each with the nodes above its hashes: 10 MB.
    public static final int CACHED_TILES_MAX = 256;

    private static final int LEVELS_OF_TILE = 8;

    private final long size;
    private final StoredTiles tiles;
    private final Map<TilePath, List<List<TreeHash>>> cache = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath, List<List<TreeHash>>> eldest) {
            return size() > CACHED_TILES_MAX;
        }
    };

    /// @param size of the log whose tiles these are
    public TileTree(long size, TileSource source) {
        check(size);
        this.size = size;
        this.tiles = new StoredTiles(source);
    }

    static void check(long size) {
        if (size < 0 || size > TreeHash.SIZE_MAX) {
            throw new MalformedException("tree size %d is not 0 to 2^40".formatted(size));
        }
    }

    /// The root that this log had at a size up to its own.
    public TreeHash root(long ofSize) {
        return rightSide(ofSize).root();
    }

    /// That the entry of an index is in the tree of a size.
    public InclusionProof inclusion(long index, long ofSize) {
        if (index < 0 || index >= ofSize) {
            throw new MalformedException("entry %d is not in a tree of %d".formatted(index, ofSize));
        }
        return rightSide(ofSize).inclusion(index);
    }

    /// That the tree of one size begins with that of another.
    public ConsistencyProof consistency(long oldSize, long newSize) {
        if (newSize > size) {
            throw beyond(newSize);
        }
        if (oldSize < 0 || oldSize > newSize) {
            throw new MalformedException("sizes %d and %d are not in order".formatted(oldSize, newSize));
        }
        return Consistency.proof(this::node, oldSize, newSize);
    }

    private Nodes.RightSide rightSide(long ofSize) {
        if (ofSize < 0 || ofSize > size) {
            throw beyond(ofSize);
        }
        return new Nodes.RightSide(this::node, ofSize);
    }

    private MalformedException beyond(long wanted) {
        return new MalformedException("tree size %d is not 0 to %d, the log's".formatted(wanted, size));
    }

    /// A tile holds every eighth level.
    private TreeHash node(int level, long index) {
        int within = level % LEVELS_OF_TILE;
        int tileLevel = level / LEVELS_OF_TILE;
        long first = index << within;
        long tile = first / TilePath.WIDTH;
        long width = Math.min(TilePath.WIDTH, (size >> (tileLevel * LEVELS_OF_TILE)) - tile * TilePath.WIDTH);
        var path = new TilePath.Hashes(tileLevel, tile, (int) width);
        List<List<TreeHash>> levels = cache.computeIfAbsent(path, key -> levels(tiles.hashes(path)));
        return levels.get(within).get((int) (index % (TilePath.WIDTH >> within)));
    }

    /// The hashes of a tile, and above them level after level all that are complete.
    private static List<List<TreeHash>> levels(List<TreeHash> hashes) {
        var levels = new ArrayList<>(List.of(hashes));
        while (levels.size() < LEVELS_OF_TILE) {
            var below = levels.getLast();
            var level = new ArrayList<TreeHash>();
            for (int i = 0; i + 1 < below.size(); i += 2) {
                level.add(TreeHash.node(below.get(i), below.get(i + 1)));
            }
            levels.add(level);
        }
        return levels;
    }
}
