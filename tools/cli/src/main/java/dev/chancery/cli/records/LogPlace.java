// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.EntryBundle;
import dev.chancery.tree.HashTile;
import dev.chancery.tree.TilePath;
import dev.chancery.tree.TileSource;
import java.util.Optional;

/// Where the files of a log are: a folder or a website.
interface LogPlace extends TileSource {
    /// The file of a path below the log; empty when it is not there. Throws `UnavailableException` when that
    /// cannot be told, and `MalformedException` when it has more than `bytesMax` bytes.
    Optional<Bytes> file(String path, int bytesMax);

    /// How the log is called in messages.
    String shown();

    @Override
    default Optional<Bytes> read(TilePath path) {
        return switch (path) {
            case TilePath.Hashes hashes -> file(hashes.toString(), HashTile.BYTES_MAX);
            case TilePath.Entries entries -> file(entries.toString(), EntryBundle.BYTES_MAX);
        };
    }

    /// The newest checkpoint, with nobody's word for it yet.
    default SignedNote checkpoint() {
        return SignedNote.parse(file("checkpoint", SignedNote.BYTES_MAX)
                .orElseThrow(() -> new UnavailableException("log %s has no checkpoint".formatted(shown()))));
    }
}
