// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import dev.chancery.core.MalformedException;
import dev.chancery.note.NoteSigner;
import dev.chancery.note.NoteText;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The size and the root of a log at some moment. It is a claim until [LogPolicy#open] has checked who says so.
public record Checkpoint(String origin, long size, TreeHash root, List<String> extensions) {
    /// Bytes of UTF-8: `log_origin<1..2^8-1>` in C2SP `tlog-cosignature`.
    public static final int ORIGIN_BYTES_MAX = 255;
    /// Lines: none of ours has any.
    public static final int EXTENSIONS_MAX = 64;

    private static final int FIXED_LINES = 3;

    public Checkpoint {
        extensions = List.copyOf(extensions);
        int bytes = origin.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > ORIGIN_BYTES_MAX || origin.indexOf('\n') >= 0) {
            throw MalformedException.value(
                    "origin", origin, "is not one line of 1 to %d bytes".formatted(ORIGIN_BYTES_MAX));
        }
        if (size < 0) {
            throw new MalformedException("checkpoint's size %d is negative".formatted(size));
        }
        if (extensions.size() > EXTENSIONS_MAX
                || extensions.stream().anyMatch(line -> line.isEmpty() || line.indexOf('\n') >= 0)) {
            throw new MalformedException(
                    "checkpoint's extension lines are not at most %d that are not empty".formatted(EXTENSIONS_MAX));
        }
    }

    public Checkpoint(String origin, long size, TreeHash root) {
        this(origin, size, root, List.of());
    }

    /// Reads the text of a note.
    public static Checkpoint parse(String text) {
        var lines = NoteText.lines(text, "checkpoint");
        if (lines.size() < FIXED_LINES) {
            throw new MalformedException("checkpoint has %d lines, fewer than 3".formatted(lines.size()));
        }
        return new Checkpoint(
                lines.get(0),
                NoteText.decimal(lines.get(1), "checkpoint's size"),
                TreeHash.parse(lines.get(2)),
                lines.subList(FIXED_LINES, lines.size()));
    }

    /// The text of a note.
    public String text() {
        var text = new StringBuilder("%s\n%d\n%s\n".formatted(origin, size, root));
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /// Signed by the log, whose key bears the origin as its name.
    public SignedNote sign(NoteSigner log) {
        if (!log.key().name().text().equals(origin)) {
            throw MalformedException.value("origin", origin, "is not the name of the key " + log.key());
        }
        return new SignedNote(text(), List.of(log.sign(text())));
    }
}
