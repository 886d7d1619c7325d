// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The hashes of one tile, from left to right.
public record HashTile(List<TreeHash> hashes) {
    /// Bytes of a full tile.
    public static final int BYTES_MAX = TilePath.WIDTH * TreeHash.BYTES;

    public HashTile {
        hashes = List.copyOf(hashes);
        if (hashes.isEmpty() || hashes.size() > TilePath.WIDTH) {
            throw new MalformedException("tile has %d hashes, not 1 to %d".formatted(hashes.size(), TilePath.WIDTH));
        }
    }

    public static HashTile parse(Bytes file) {
        if (file.length() % TreeHash.BYTES != 0 || file.length() > BYTES_MAX) {
            throw new MalformedException("tile has %d bytes, not 1 to %d hashes of %d"
                    .formatted(file.length(), TilePath.WIDTH, TreeHash.BYTES));
        }
        var rest = ByteBuffer.wrap(file.toArray());
        var hashes = new ArrayList<TreeHash>();
        while (rest.hasRemaining()) {
            hashes.add(TreeHash.readFrom(rest));
        }
        return new HashTile(hashes);
    }

    public Bytes write() {
        var buffer = ByteBuffer.allocate(hashes.size() * TreeHash.BYTES);
        hashes.forEach(hash -> hash.writeTo(buffer));
        return Bytes.of(buffer.array());
    }
}
