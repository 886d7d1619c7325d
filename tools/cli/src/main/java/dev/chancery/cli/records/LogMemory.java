// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import dev.chancery.cli.files.OutputFiles;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.files.InputFiles;
import dev.chancery.json.JsonFields;
import dev.chancery.log.LogPolicy;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// What a monitor remembers of a log: the last checkpoint that it verified, as a file if there is one, and
/// what it found against the log beside it.
final class LogMemory {
    /// Digits of an evidence file's name: two findings never have one, and the same finding has the same one.
    private static final int NAME_DIGITS = 16;

    private final Optional<Path> file;
    private Optional<SignedNote> last;

    private LogMemory(Optional<Path> file, Optional<SignedNote> last) {
        this.file = file;
        this.last = last;
    }

    /// Throws `MalformedException` when the file is no checkpoint of a log of this policy.
    static LogMemory open(Optional<Path> file, LogPolicy policy) {
        return new LogMemory(file, file.filter(Files::exists).map(path -> read(path, policy)));
    }

    private static SignedNote read(Path file, LogPolicy policy) {
        try {
            return policy.open(SignedNote.parse(InputFiles.read("state", file, SignedNote.BYTES_MAX)))
                    .note();
        } catch (MalformedException | RefusedException e) {
            throw new MalformedException("state %s is none of this log: %s".formatted(file, e.sentence()), e);
        }
    }

    Optional<SignedNote> last() {
        return last;
    }

    /// Durable when it returns.
    void remember(SignedNote note) {
        if (!last.equals(Optional.of(note))) {
            file.ifPresent(path -> write(path, note.write()));
            last = Optional.of(note);
        }
    }

    /// Keeps both checkpoints beside the state; empty without a state file. The state stays as it was.
    Optional<Path> keepEvidence(LogFollower.Seen.Broken found, Instant now) {
        String before = last.map(SignedNote::written).orElse("");
        String both = before + "\n" + found.note().written();
        String name =
                HexFormat.of().formatHex(TreeHash.leaf(bytes(both)).toArray()).substring(0, NAME_DIGITS);
        var json = new JsonFields()
                .put("found", now.toString())
                .put("message", found.sentence())
                .put("before", before)
                .put("now", found.note().written())
                .toJson();
        return file.map(path -> {
            Path evidence = path.resolveSibling("%s.evidence-%s.json".formatted(path.getFileName(), name));
            if (!Files.exists(evidence)) {
                write(evidence, bytes(json.pretty()));
            }
            return evidence;
        });
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, Bytes content) {
        var files = new OutputFiles(true);
        files.write(file, content);
        files.commit();
    }
}
