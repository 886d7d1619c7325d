// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tiles as they are stored. A log that grew may have removed a tile of the right edge once the full one is
/// there, so what begins the full tile will do.
record StoredTiles(TileSource source) {
    /// Throws `MalformedException` when there is neither, and when it is not what it should be.
    List<TreeHash> hashes(TilePath.Hashes path) {
        return read(path, file -> HashTile.parse(file).hashes());
    }

    List<Bytes> entries(TilePath.Entries path) {
        return read(path, file -> EntryBundle.parse(file).entries());
    }

    private <T> List<T> read(TilePath path, Function<Bytes, List<T>> parse) {
        Optional<Bytes> exact = source.read(path);
        TilePath found = exact.isPresent() ? path : path.ofWidth(TilePath.WIDTH);
        Bytes file = exact.or(() -> path.isFull() ? Optional.empty() : source.read(found))
                .orElseThrow(() -> new MalformedException("the log lacks " + path));
        try {
            List<T> all = parse.apply(file);
            if (all.size() != found.width()) {
                throw new MalformedException("holds %d, not %d".formatted(all.size(), found.width()));
            }
            return all.subList(0, path.width());
        } catch (MalformedException e) {
            throw new MalformedException("%s of the log is broken: %s".formatted(found, e.sentence()), e);
        }
    }
}
