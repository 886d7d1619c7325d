// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.Bytes;
import java.util.Arrays;

/// A file of the log: it is written once and never changed.
public record TileFile(TilePath path, Bytes content) {
    /// What lay in the same place when it was narrower: all files of one place begin alike.
    public TileFile narrowed(int width) {
        if (width > path.width()) {
            throw new IllegalArgumentException("%s was never %d wide".formatted(path, width));
        }
        var narrow = switch (path) {
            case TilePath.Hashes hashes -> Bytes.of(Arrays.copyOf(content.toArray(), width * TreeHash.BYTES));
            case TilePath.Entries entries ->
                new EntryBundle(EntryBundle.parse(content).entries().subList(0, width)).write();
        };
        return new TileFile(path.ofWidth(width), narrow);
    }
}
