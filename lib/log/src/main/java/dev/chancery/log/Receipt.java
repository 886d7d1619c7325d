// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.note.NoteText;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.InclusionProof;
import dev.chancery.tree.TreeHash;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// That an entry is in a log, as a file (C2SP `tlog-proof`): `FILE.tlog-proof`. A claim until [#verify].
///
/// @param extra anything; nobody authenticates it
public record Receipt(Optional<Bytes> extra, long index, List<TreeHash> path, SignedNote note) {
    public static final String SUFFIX = ".tlog-proof";
    /// Bytes: a note of the largest size, 63 hashes, and the rest for extra data in base64.
    public static final int BYTES_MAX = 1 << 18;

    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra";
    private static final String INDEX = "index";

    public Receipt {
        path = List.copyOf(path);
        if (index < 0 || path.size() > InclusionProof.HASHES_MAX) {
            throw new MalformedException("receipt for index %d with %d hashes cannot be".formatted(index, path.size()));
        }
    }

    /// Of an entry, by a proof that leads to this checkpoint.
    public static Receipt of(InclusionProof proof, SignedNote note) {
        return new Receipt(Optional.empty(), proof.index(), proof.path(), note);
    }

    public static Receipt parse(Bytes file) {
        var parts = NoteText.parted(NoteText.read(file, "receipt", BYTES_MAX), "receipt");
        var lines = NoteText.lines(parts.getFirst(), "receipt");
        if (!lines.getFirst().equals(HEADER)) {
            throw MalformedException.value("receipt's first line", lines.getFirst(), "is not \"" + HEADER + "\"");
        }
        int at = 1;
        Optional<Bytes> extra = Optional.empty();
        if (lines.size() > at && lines.get(at).startsWith(EXTRA)) {
            extra = Optional.of(Bytes.of(NoteText.base64(NoteText.after(EXTRA, lines, at++), "extra data")));
        }
        long index = NoteText.decimal(NoteText.after(INDEX, lines, at++), "index");
        var path = lines.subList(at, lines.size()).stream().map(TreeHash::parse).toList();
        return new Receipt(extra, index, path, SignedNote.parse(NoteText.bytes(parts.getLast())));
    }

    public Bytes write() {
        var text = new StringBuilder(HEADER).append('\n');
        extra.ifPresent(bytes -> text.append(EXTRA + " ")
                .append(Base64.getEncoder().encodeToString(bytes.toArray()))
                .append('\n'));
        text.append(INDEX + " ").append(index).append('\n');
        path.forEach(hash -> text.append(hash).append('\n'));
        return NoteText.bytes(text.append('\n').append(note.written()).toString());
    }

    /// Verifies by the steps of `tlog-proof`, of which the caller did the first: "Compute the leaf hash."
    ///
    /// Throws `RefusedException` (the rules of [LogPolicy#open], and `inclusion-proof`), and
    /// `MalformedException`.
    public VerifiedReceipt verify(TreeHash leaf, LogPolicy policy) {
        // "2. Check that the checkpoint origin line is acceptable, and that the checkpoint is signed by a log public
        // key
        // configured for that origin line." "3. Verify all cosignatures for witnesses known to the verifier."
        VerifiedCheckpoint verified = policy.open(note);
        // "4. Check that the inclusion proof is valid"
        var checkpoint = verified.checkpoint();
        new InclusionProof(index, checkpoint.size(), path).verify(leaf, checkpoint.root());
        return new VerifiedReceipt(leaf, index, verified);
    }
}
