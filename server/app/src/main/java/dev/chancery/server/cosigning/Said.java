// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.cosigning;

import dev.chancery.note.NoteSignature;

/// What came of asking a witness.
sealed interface Said {
    WitnessLink by();

    /// It cosigned, and the cosignature was verified.
    record Cosigned(WitnessLink by, NoteSignature cosignature) implements Said {}

    /// It did not.
    ///
    /// @param why continues a sentence of which the witness is the subject
    record Not(WitnessLink by, String why) implements Said {}
}
