// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.entry.LogEntry;
import dev.chancery.note.SignedNote;
import dev.chancery.note.VerifierKey;
import dev.chancery.tree.EntryBundle;
import dev.chancery.tree.HashTile;
import dev.chancery.tree.TilePath;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/// Whatever the bytes: something that writes the same bytes again, for each of these has one spelling; or
/// malformed.
class LogFuzzTest {
    private static void holds(byte[] file, Function<Bytes, Bytes> again) {
        try {
            assertEquals(Bytes.of(file), again.apply(Bytes.of(file)));
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @FuzzTest(maxDuration = "20s")
    void note(byte[] file) {
        holds(file, bytes -> SignedNote.parse(bytes).write());
    }

    @FuzzTest(maxDuration = "20s")
    void receipt(byte[] file) {
        holds(file, bytes -> Receipt.parse(bytes).write());
    }

    @FuzzTest(maxDuration = "20s")
    void checkpoint(byte[] file) {
        holds(file, bytes -> Checkpoint.parse(text(bytes)).text().equals(text(bytes)) ? bytes : bytes(""));
    }

    @FuzzTest(maxDuration = "20s")
    void request(byte[] file) {
        holds(file, bytes -> AddCheckpoint.parse(bytes).write());
        int status =
                WitnessDecision.on(Bytes.of(file), origin -> Optional.empty()).status();
        assertEquals(status == 404 ? 404 : 400, status);
    }

    @FuzzTest(maxDuration = "20s")
    void bundle(byte[] file) {
        holds(file, bytes -> EntryBundle.parse(bytes).write());
    }

    @FuzzTest(maxDuration = "20s")
    void tile(byte[] file) {
        holds(file, bytes -> HashTile.parse(bytes).write());
    }

    @FuzzTest(maxDuration = "20s")
    void entry(byte[] file) {
        holds(file, bytes -> LogEntry.parse(bytes).encode());
    }

    @FuzzTest(maxDuration = "20s")
    void names(byte[] file) {
        holds(file, bytes -> TilePath.parse(text(bytes)).toString().equals(text(bytes)) ? bytes : bytes(""));
        holds(file, bytes -> VerifierKey.parse(text(bytes)).toString().equals(text(bytes)) ? bytes : bytes(""));
    }

    /// A policy may have comments, so only what was written reads back the same.
    @FuzzTest(maxDuration = "20s")
    void policy(byte[] file) {
        try {
            Bytes written = LogPolicy.parse(Bytes.of(file)).write();
            assertEquals(written, LogPolicy.parse(written).write());
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }
}
