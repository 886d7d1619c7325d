// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.log;

import dev.chancery.core.Bytes;
import dev.chancery.log.Checkpoint;
import dev.chancery.note.SignedNote;

/// The size that a checkpoint in a folder speaks of. Only to compare with our own: it proves nothing.
final class Shown {
    private Shown() {}

    static long of(Bytes checkpoint) {
        return Checkpoint.parse(SignedNote.parse(checkpoint).text()).size();
    }
}
