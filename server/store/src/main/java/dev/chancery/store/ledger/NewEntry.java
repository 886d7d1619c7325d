// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.util.List;

/// What is to be an entry of the log.
///
/// @param leafHash of the leaf as RFC 6962, section 2.1 has it; another one is malformed
/// @param blob the signature or statement as it is handed out
public record NewEntry(Bytes leafHash, Bytes leaf, EntryFacts facts, List<Subject> subjects, Bytes blob)
        implements Item {
    /// Bytes of a leaf: an entry bundle of C2SP tlog-tiles has the length in 16 bits.
    public static final int LEAF_BYTES_MAX = 65_535;
    /// Bytes of a blob: a signature file ([dev.chancery.core.Signature#BYTES_MAX]); a statement of its
    /// greatest size is smaller, in base64 in its envelope.
    public static final int BLOB_BYTES_MAX = 1 << 20;
    /// Subjects of an entry: those that a statement may have.
    public static final int SUBJECTS_MAX = 1_000;

    public NewEntry {
        subjects = List.copyOf(subjects);
        requireAtMost("leaf", leaf.length(), LEAF_BYTES_MAX);
        requireAtMost("blob", blob.length(), BLOB_BYTES_MAX);
        if (subjects.size() > SUBJECTS_MAX) {
            throw new MalformedException(
                    "entry has %d subjects, more than %d".formatted(subjects.size(), SUBJECTS_MAX));
        }
        if (!leafHash.equals(Leaf.hash(leaf))) {
            throw MalformedException.value("leaf hash", leafHash.toString(), "is not that of the leaf");
        }
    }

    private static void requireAtMost(String what, int length, int most) {
        if (length > most) {
            throw new MalformedException("%s of an entry has %d bytes, more than %d".formatted(what, length, most));
        }
    }
}
