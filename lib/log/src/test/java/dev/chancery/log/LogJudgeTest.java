// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Bytes;
import dev.chancery.core.RefusedException;
import dev.chancery.entry.StockJudge;
import dev.chancery.note.NoteText;
import dev.chancery.note.SampleSigners;
import dev.chancery.note.SignedNote;
import dev.chancery.note.VerifierKey;
import dev.chancery.tree.TileFile;
import dev.chancery.tree.TileSource;
import dev.chancery.tree.TileTree;
import dev.chancery.tree.TreeAudit;
import dev.chancery.tree.TreeHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What we write before implementations of the C2SP formats that are not ours, and what they write before us.
class LogJudgeTest {
    @TempDir
    Path folder = Path.of("");

    private StockJudge.Answer judge(String... arguments) {
        return StockJudge.LOG.run(folder, arguments);
    }

    private void write(String name, Bytes content) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.write(folder.resolve(name), content.toArray());
    }

    private String text(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Bytes bytes(String name) {
        return NoteText.bytes(text(name));
    }

    private TileSource tiles() {
        return path -> {
            try {
                Path file = folder.resolve(path.toString());
                return Files.exists(file) ? Optional.of(Bytes.of(Files.readAllBytes(file))) : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 700, 65_536})
    void theRootOfOurTilesIsOurs(int size) {
        var log = SampleLog.of(size);
        log.writeTo(folder);
        var answer = judge("fsck", ".", log.key.key().toString()).assertAccepts();
        assertEquals("%d %s\n".formatted(size, log.growth.root()), answer.output());
    }

    @Test
    void aChangedTileAndAnotherKeyAreRefused() throws IOException {
        var log = SampleLog.of(700);
        log.writeTo(folder);
        judge("fsck", ".", SampleSigners.log("other.example").key().toString()).assertRefuses();
        for (TileFile file : log.growth.files()) {
            byte[] changed = file.content().toArray();
            changed[changed.length / 2] ^= 1;
            write(file.path().toString(), Bytes.of(changed));
            judge("fsck", ".", log.key.key().toString()).assertRefuses();
            write(file.path().toString(), file.content());
        }
        judge("fsck", ".", log.key.key().toString()).assertAccepts();
    }

    @Test
    void ourReceiptsAreAcceptedWithOurCosignatures() throws IOException {
        var log = SampleLog.of(300);
        write("policy", log.policy().write());
        for (int index : new int[] {0, 1, 255, 256, 299}) {
            write("receipt", log.receipt(index).write());
            write("entry", log.entries.get(index));
            judge("receipt", "policy", "receipt", "entry").assertAccepts();
            write("entry", NoteText.bytes("another entry"));
            judge("receipt", "policy", "receipt", "entry").assertRefuses();
        }
        write("entry", log.entries.get(299));
        write("receipt", Receipt.of(log.growth.inclusion(299), log.signed()).write());
        judge("receipt", "policy", "receipt", "entry").assertRefuses();
        write("policy", LogPolicy.ofLog(log.key.key()).write());
        judge("receipt", "policy", "receipt", "entry").assertAccepts();
        write(
                "policy",
                LogPolicy.ofLog(SampleSigners.log(SampleLog.ORIGIN + ".evil").key())
                        .write());
        judge("receipt", "policy", "receipt", "entry").assertRefuses();
    }

    @Test
    void ourConsistencyProofsAreAccepted() throws IOException {
        var log = SampleLog.of(300);
        var files = log.growth.files().stream().collect(Collectors.toMap(TileFile::path, TileFile::content));
        var tree = new TileTree(300, path -> Optional.ofNullable(files.get(path)));
        for (int old : new int[] {1, 2, 7, 255, 256, 257, 299}) {
            write("request", new AddCheckpoint(old, tree.consistency(old, 300).path(), log.signed()).write());
            judge("request", "request", tree.root(old).toString()).assertAccepts();
            judge("request", "request", tree.root(old - 1).toString()).assertRefuses();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 256, 301})
    void weAcceptTheirs(int size) {
        judge("make", ".", Integer.toString(size)).assertAccepts();
        var policy = LogPolicy.parse(bytes("policy"));
        var verified = policy.open(SignedNote.parse(bytes("checkpoint")));
        assertEquals(1, verified.cosignatures().size());
        var checkpoint = verified.checkpoint();
        var root = new TreeAudit(tiles(), (index, entry) -> acceptTheirReceipt(policy, index, entry))
                .run(size)
                .root();
        assertEquals(checkpoint.root(), root);
        var known = List.of(VerifierKey.parse(text("vkey").strip()));
        var tree = new TileTree(size, tiles());
        for (int old = 0; old < size; old++) {
            TreeHash oldRoot = TreeHash.parse(text("root/" + old).strip());
            assertEquals(oldRoot, tree.root(old));
            var log = new WitnessedLog(known, old, oldRoot);
            assertEquals(
                    new WitnessDecision.Cosign(checkpoint),
                    WitnessDecision.on(bytes("request/" + old), origin -> Optional.of(log)));
            assertEquals(
                    AddCheckpoint.parse(bytes("request/" + old)).path(),
                    tree.consistency(old, size).path());
        }
    }

    private void acceptTheirReceipt(LogPolicy policy, long index, Bytes entry) {
        var receipt = Receipt.parse(bytes("receipt/" + index));
        assertEquals(index, receipt.verify(TreeHash.leaf(entry), policy).index());
        assertEquals(Optional.of(NoteText.bytes("extra")), receipt.extra());
        assertThrows(RefusedException.class, () -> receipt.verify(TreeHash.empty(), policy));
        assertEquals(bytes("receipt/" + index), receipt.write());
    }
}
