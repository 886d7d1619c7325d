// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import dev.chancery.core.Bytes;
import dev.chancery.note.NoteSigner;
import dev.chancery.note.NoteText;
import dev.chancery.note.SampleSigners;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.Growth;
import dev.chancery.tree.TileFile;
import dev.chancery.tree.TreeEdge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A log of one batch, with its key and two witnesses.
public final class SampleLog {
    public static final String ORIGIN = "log.example";
    public static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    public final NoteSigner key = SampleSigners.log(ORIGIN);
    public final NoteSigner one = SampleSigners.witness("witness.example/1");
    public final NoteSigner two = SampleSigners.witness("witness.example/2");
    public final List<Bytes> entries;
    public final Growth growth;
    private final SignedNote signed;

    public SampleLog(List<Bytes> entries) {
        this.entries = entries;
        this.growth = TreeEdge.empty().grow(entries);
        this.signed = checkpoint().sign(key);
    }

    public static SampleLog of(int size) {
        var entries = new ArrayList<Bytes>();
        for (int i = 0; i < size; i++) {
            entries.add(NoteText.bytes("entry " + i));
        }
        return new SampleLog(entries);
    }

    public Checkpoint checkpoint() {
        return new Checkpoint(ORIGIN, growth.size(), growth.root());
    }

    /// Signed by the log alone.
    public SignedNote signed() {
        return signed;
    }

    /// Cosigned by both witnesses.
    public SignedNote cosigned() {
        String text = checkpoint().text();
        return signed().with(List.of(one.cosign(text, TIME), two.cosign(text, TIME.plusSeconds(1))));
    }

    public Receipt receipt(int index) {
        return Receipt.of(growth.inclusion(index), cosigned());
    }

    /// Both witnesses are needed.
    public LogPolicy policy() {
        return LogPolicy.parse(
                NoteText.bytes("log %s\nwitness one %s\nwitness two %s\ngroup all all one two\nquorum all\n"
                        .formatted(key.key(), one.key(), two.key())));
    }

    /// As a sequencer leaves it on disk.
    public void writeTo(Path folder) {
        try {
            for (TileFile file : growth.files()) {
                Path path = folder.resolve(file.path().toString());
                Files.createDirectories(path.getParent());
                Files.write(path, file.content().toArray());
            }
            Files.write(folder.resolve("checkpoint"), cosigned().write().toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
