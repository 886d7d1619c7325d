// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.witness;

import dev.chancery.core.Bytes;
import dev.chancery.log.AddCheckpoint;
import dev.chancery.log.Checkpoint;
import dev.chancery.note.NoteSigner;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.TileFile;
import dev.chancery.tree.TilePath;
import dev.chancery.tree.TileTree;
import dev.chancery.tree.TreeEdge;
import dev.chancery.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A log in memory, of which any size can be shown to a witness: as it was, or as it never was.
public final class TestLog {
    private final NoteSigner key;
    private final TileTree tree;

    /// Entries up to `fork` are those of every log with this key, from there on they have `word` in them.
    public TestLog(NoteSigner key, String word, int fork, int size) {
        this.key = key;
        List<Bytes> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String text = (i < fork ? "entry " : word) + i;
            entries.add(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
        }
        Map<TilePath, Bytes> tiles = new HashMap<>();
        for (TileFile file : TreeEdge.empty().grow(entries).files()) {
            tiles.put(file.path(), file.content());
        }
        this.tree = new TileTree(size, path -> Optional.ofNullable(tiles.get(path)));
    }

    public synchronized TreeHash root(long size) {
        return tree.root(size);
    }

    public SignedNote signed(long size) {
        return new Checkpoint(key.key().name().text(), size, root(size)).sign(key);
    }

    /// A request to cosign a size, to a witness that cosigned `old`.
    public synchronized Bytes request(long old, long size) {
        List<TreeHash> path = old <= size ? tree.consistency(old, size).path() : List.of();
        return new AddCheckpoint(old, path, signed(size)).write();
    }
}
