// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.cosigning;

import dev.chancery.core.Bytes;
import dev.chancery.log.AddCheckpoint;
import dev.chancery.log.Checkpoint;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.TileSource;
import dev.chancery.tree.TileTree;

/// A checkpoint that witnesses are asked to cosign, and the tree that proofs for it come from. For many
/// threads.
record Question(SignedNote note, Checkpoint checkpoint, TileSource tiles) {
    static Question of(SignedNote note, TileSource tiles) {
        return new Question(note, Checkpoint.parse(note.text()), tiles);
    }

    /// The body of a request to a witness that cosigned a tree of this size last.
    Bytes from(long oldSize) {
        var proof = new TileTree(checkpoint.size(), tiles).consistency(oldSize, checkpoint.size());
        return new AddCheckpoint(oldSize, proof.path(), note).write();
    }
}
