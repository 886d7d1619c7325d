// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.note.NoteText;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.InclusionProof;
import dev.chancery.tree.TreeHash;
import java.util.List;

/// The body of a request for a cosignature (C2SP `tlog-witness`, "add-checkpoint").
public record AddCheckpoint(long oldSize, List<TreeHash> path, SignedNote note) {
    /// Bytes: a note of the largest size and 63 hashes.
    public static final int BYTES_MAX = 3 << 16;

    private static final String OLD = "old";

    public AddCheckpoint {
        path = List.copyOf(path);
        if (oldSize < 0) {
            throw new MalformedException("old size %d is negative".formatted(oldSize));
        }
        if (path.size() > InclusionProof.HASHES_MAX) {
            throw new MalformedException("request has %d consistency proof lines, more than %d"
                    .formatted(path.size(), InclusionProof.HASHES_MAX));
        }
    }

    public static AddCheckpoint parse(Bytes body) {
        var parts = NoteText.parted(NoteText.read(body, "request", BYTES_MAX), "request");
        var lines = NoteText.lines(parts.getFirst(), "request");
        long oldSize = NoteText.decimal(NoteText.after(OLD, lines, 0), "old size");
        var path = lines.subList(1, lines.size()).stream().map(TreeHash::parse).toList();
        return new AddCheckpoint(oldSize, path, SignedNote.parse(NoteText.bytes(parts.getLast())));
    }

    public Bytes write() {
        var text = new StringBuilder("%s %d\n".formatted(OLD, oldSize));
        path.forEach(hash -> text.append(hash).append('\n'));
        return NoteText.bytes(text.append('\n').append(note.written()).toString());
    }
}
