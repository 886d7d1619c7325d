// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import dev.chancery.note.SignedNote;
import java.time.Instant;
import java.util.List;

/// A checkpoint that a log of a policy signed, with the policy's quorum of witnesses. Only [LogPolicy#open]
/// makes one.
public final class VerifiedCheckpoint {
    /// Who cosigned, and when: as of then it was the largest tree of this log that the witness had seen.
    public record Cosignature(Quorum.Witness witness, Instant time) {}

    private final Checkpoint checkpoint;
    private final SignedNote note;
    private final List<Cosignature> cosignatures;

    VerifiedCheckpoint(Checkpoint checkpoint, SignedNote note, List<Cosignature> cosignatures) {
        this.checkpoint = checkpoint;
        this.note = note;
        this.cosignatures = List.copyOf(cosignatures);
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /// As it came, with signatures that nobody checked.
    public SignedNote note() {
        return note;
    }

    /// Those of the policy's witnesses, whether the quorum needed them or not.
    public List<Cosignature> cosignatures() {
        return cosignatures;
    }
}
