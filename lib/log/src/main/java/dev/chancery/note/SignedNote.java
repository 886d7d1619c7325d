// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Text and what claims to sign it. The text means nothing before [#open].
public record SignedNote(String text, List<NoteSignature> signatures) {
    /// Bytes: 16 signatures of 5 kB in base64, "up to nearly 5kB in size" each, and a text.
    public static final int BYTES_MAX = 1 << 17;
    /// Lines: a log's keys and 32 witnesses, some with two keys.
    public static final int SIGNATURES_MAX = 64;

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty() || signatures.size() > SIGNATURES_MAX) {
            throw new MalformedException(
                    "note has %d signatures, not 1 to %d".formatted(signatures.size(), SIGNATURES_MAX));
        }
        if (!NoteText.plain(text, "note").endsWith("\n")) {
            throw new MalformedException("note's text does not end with a line feed");
        }
    }

    /// Reads a note: "the text is separated from the signatures by the last empty line in the note".
    public static SignedNote parse(Bytes file) {
        String all = NoteText.read(file, "note", BYTES_MAX);
        int end = all.lastIndexOf("\n\n");
        if (end < 0) {
            throw new MalformedException("note has no empty line before its signatures");
        }
        return new SignedNote(all.substring(0, end + 1), parseSignatures(all.substring(end + 2)));
    }

    /// Reads signature lines alone, as a witness answers them.
    public static List<NoteSignature> parseSignatures(String text) {
        var lines = NoteText.lines(text, "signatures");
        if (lines.size() > SIGNATURES_MAX) {
            throw new MalformedException(
                    "note has %d signatures, more than %d".formatted(lines.size(), SIGNATURES_MAX));
        }
        return lines.stream().map(NoteSignature::parse).toList();
    }

    public Bytes write() {
        return NoteText.bytes(written());
    }

    /// The note as text, for formats that contain one.
    public String written() {
        var all = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> all.append(signature.line()).append('\n'));
        return all.toString();
    }

    /// The same text with more signatures.
    public SignedNote with(Collection<NoteSignature> more) {
        var all = new ArrayList<>(signatures);
        all.addAll(more);
        return new SignedNote(text, all);
    }

    /// Checks every signature by a known key; others are ignored.
    ///
    /// Throws `RefusedException` (rule `note-signature`) when one that bears a known key's name and ID does
    /// not hold: "clients SHOULD reject the whole note". Nobody may have signed it: the caller decides
    /// whether that is enough.
    public VerifiedNote open(Collection<VerifierKey> known) {
        var signers = new ArrayList<VerifiedNote.Signer>();
        for (var signature : signatures) {
            for (var key : known) {
                if (key.isNamedBy(signature)) {
                    signers.add(key.verify(text, signature).orElseThrow(() -> bad(key)));
                }
            }
        }
        return new VerifiedNote(text, signers);
    }

    private static RefusedException bad(VerifierKey key) {
        return new RefusedException(
                "note-signature",
                "the note has a signature in the name of %s that its key did not make"
                        .formatted(Quoted.text(key.name().text())));
    }
}
