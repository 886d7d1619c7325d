// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// The right edge of a tree: the tiles and the entry bundle that are not full. It never changes.
public final class TreeEdge {
    /// Entries of one batch: seconds of the busiest server, and some hundred bytes of memory each.
    public static final int BATCH_ENTRIES_MAX = 65_536;

    private final long size;
    private final EdgeNodes nodes;
    private final List<Bytes> entries;

    private TreeEdge(long size, EdgeNodes nodes, List<Bytes> entries) {
        this.size = size;
        this.nodes = nodes;
        this.entries = List.copyOf(entries);
    }

    /// Of a tree without entries.
    public static TreeEdge empty() {
        return new TreeEdge(0, EdgeNodes.empty(), List.of());
    }

    /// Reads the edge of a tree that is stored.
    ///
    /// Throws `MalformedException` when tiles are missing or broken, and when they do not lead to this root
    /// or not come from these entries; and what [TileSource#read] throws.
    public static TreeEdge open(long size, TreeHash root, TileSource source) {
        TileTree.check(size);
        var tiles = new StoredTiles(source);
        int left = (int) (size % TilePath.WIDTH);
        List<Bytes> entries = left == 0 ? List.of() : tiles.entries(new TilePath.Entries(size / TilePath.WIDTH, left));
        var edge = new TreeEdge(size, EdgeNodes.read(size, tiles), entries);
        if (!edge.root().equals(root)) {
            throw new MalformedException(
                    "the tiles of the log lead to root %s at size %d, not to %s".formatted(edge.root(), size, root));
        }
        for (int i = 0; i < left; i++) {
            if (!TreeHash.leaf(entries.get(i)).equals(edge.nodes.node(0, size - left + i))) {
                throw new MalformedException(
                        "entry %d of the log has another hash than its tile says".formatted(size - left + i));
            }
        }
        return edge;
    }

    public long size() {
        return size;
    }

    public TreeHash root() {
        return new Nodes.RightSide(nodes, size).root();
    }

    /// Adds 1 to [#BATCH_ENTRIES_MAX] entries of at most [EntryBundle#ENTRY_BYTES_MAX] bytes each.
    public Growth grow(List<Bytes> batch) {
        if (batch.isEmpty() || batch.size() > BATCH_ENTRIES_MAX) {
            throw new MalformedException(
                    "batch has %d entries, not 1 to %d".formatted(batch.size(), BATCH_ENTRIES_MAX));
        }
        batch.forEach(EntryBundle::check);
        long newSize = size + batch.size();
        TileTree.check(newSize);
        EdgeNodes grown = nodes.grow(batch.stream().map(TreeHash::leaf).toList());
        var all = new ArrayList<>(entries);
        all.addAll(batch);
        var files = new ArrayList<TileFile>(bundles(all));
        files.addAll(grown.tiles(size, newSize));
        int left = (int) (newSize % TilePath.WIDTH);
        var next = new TreeEdge(newSize, grown.edge(newSize), all.subList(all.size() - left, all.size()));
        return new Growth(size, next, files, new Nodes.RightSide(grown, newSize));
    }

    /// The bundles of entries that begin with the first that was not in a full bundle.
    private List<TileFile> bundles(List<Bytes> all) {
        var files = new ArrayList<TileFile>();
        long first = size / TilePath.WIDTH;
        for (int from = 0; from < all.size(); from += TilePath.WIDTH) {
            List<Bytes> part = all.subList(from, Math.min(all.size(), from + TilePath.WIDTH));
            var path = new TilePath.Entries(first + from / TilePath.WIDTH, part.size());
            files.add(new TileFile(path, new EntryBundle(part).write()));
        }
        return files;
    }

    /// The files of the edge itself: every tile and bundle of this size that is not full.
    public List<TileFile> files() {
        var files = new ArrayList<TileFile>(bundles(entries));
        files.addAll(nodes.tiles(0, size));
        return files;
    }
}
