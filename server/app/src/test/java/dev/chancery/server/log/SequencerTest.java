// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.log.LogPolicy;
import dev.chancery.note.KeyName;
import dev.chancery.note.NoteSigner;
import dev.chancery.note.SignedNote;
import dev.chancery.store.Store;
import dev.chancery.store.StoreLocation;
import dev.chancery.store.ledger.Submission;
import dev.chancery.store.request.Instance;
import dev.chancery.store.request.Outcome;
import dev.chancery.tree.TileTree;
import dev.chancery.tree.TreeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequencerTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T00:00:00Z"));

    @TempDir
    private Path directory;

    private NoteSigner key;

    @BeforeEach
    void makeKey() {
        Path file = directory.resolve("log.pem");
        LogKey.make(file, new SecureRandom());
        key = LogKey.read(file, new KeyName("log.example"));
    }

    private Store store(String name) {
        var location = new StoreLocation.SqliteFile(directory.resolve(name));
        return Store.open(location, new Instance("test"), CLOCK);
    }

    private TileFolder folder() {
        return new TileFolder(directory.resolve("log"));
    }

    private static Submission one(String text) {
        return TestEntries.one(text);
    }

    private void assertProved(Sequencer.Logged logged, String text) {
        var leaf = TreeHash.leaf(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
        var verified = logged.receipt().orElseThrow().verify(leaf, LogPolicy.ofLog(key.key()));
        assertEquals(assertInstanceOf(Outcome.Logged.class, logged.outcome()).index(), verified.index());
    }

    /// Many at once and one by one, over a full tile, through a restart: each has a receipt that holds, and
    /// the tiles lead to the root that was signed.
    @Test
    void whatWasTakenIsInTheLogWithAReceipt() {
        try (var store = store("store.db")) {
            try (var sequencer = new Sequencer(store.ledger(), folder(), key)) {
                var futures = new ArrayList<java.util.concurrent.CompletableFuture<Sequencer.Sequenced>>();
                for (int i = 0; i < 300; i++) {
                    futures.add(sequencer.submit(one("entry " + i)));
                }
                for (int i = 0; i < 300; i++) {
                    assertProved(futures.get(i).join().items().orElseThrow().getFirst(), "entry " + i);
                }
            }
            try (var sequencer = new Sequencer(store.ledger(), folder(), key)) {
                var after = sequencer
                        .submit(one("entry 300"))
                        .join()
                        .items()
                        .orElseThrow()
                        .getFirst();
                assertEquals(new Outcome.Logged(300, false), after.outcome());
                assertProved(after, "entry 300");
                var again = sequencer
                        .submit(one("entry 7"))
                        .join()
                        .items()
                        .orElseThrow()
                        .getFirst();
                assertEquals(new Outcome.Logged(7, true), again.outcome());
                assertProved(again, "entry 7");
            }
            assertWhole(store, 301);
        }
    }

    private void assertWhole(Store store, long size) {
        var published = store.ledger().published();
        assertEquals(size, published.size());
        var shown = folder().checkpoint().orElseThrow();
        assertEquals(published.checkpoint().orElseThrow(), new String(shown.toArray(), StandardCharsets.UTF_8));
        var checkpoint =
                LogPolicy.ofLog(key.key()).open(SignedNote.parse(shown)).checkpoint();
        assertEquals(size, checkpoint.size());
        assertEquals(checkpoint.root(), new TileTree(size, folder()).root(size));
    }

    /// A server that died between the two transactions: its entries are in the log as soon as a server is
    /// there again.
    @Test
    void whatWasAppendedAndNotPublishedIsPublishedByTheNextServer() {
        try (var store = store("store.db")) {
            try (var sequencer = new Sequencer(store.ledger(), folder(), key)) {
                sequencer.submit(one("first")).join();
            }
            store.ledger().append(List.of(one("second"), one("third")));
            assertEquals(1, store.ledger().published().size());
            try (var sequencer = new Sequencer(store.ledger(), folder(), key)) {
                assertTrue(sequencer.fault().isEmpty());
                assertWhole(store, 3);
            }
        }
    }

    /// A store that was put back from a backup must not begin a second history.
    @Test
    void aFolderThatKnowsMoreThanTheStoreIsAFork() {
        try (var store = store("store.db");
                var sequencer = new Sequencer(store.ledger(), folder(), key)) {
            sequencer.submit(one("first")).join();
        }
        try (var older = store("older.db")) {
            var refused = assertThrows(RefusedException.class, () -> new Sequencer(older.ledger(), folder(), key));
            assertEquals("log-fork", refused.rule());
        }
    }

    /// The store has every entry, so the folder may be lost: with its checkpoint, or but for it.
    @ParameterizedTest
    @ValueSource(strings = {"", "tile", "checkpoint"})
    void aFolderThatWasLostIsWrittenAgain(String lost) throws IOException {
        try (var store = store("store.db")) {
            try (var sequencer = new Sequencer(store.ledger(), folder(), key)) {
                for (int i = 0; i < 260; i++) {
                    sequencer.submit(one("entry " + i)).join();
                }
            }
            remove(directory.resolve("log").resolve(lost));
            try (var sequencer = new Sequencer(store.ledger(), folder(), key)) {
                assertWhole(store, 260);
                assertProved(
                        sequencer
                                .submit(one("next"))
                                .join()
                                .items()
                                .orElseThrow()
                                .getFirst(),
                        "next");
                assertWhole(store, 261);
            }
        }
    }

    /// A tile that somebody changed is neither believed nor overwritten.
    @Test
    void aFolderThatWasChangedIsNotWrittenAgain() throws IOException {
        try (var store = store("store.db")) {
            try (var sequencer = new Sequencer(store.ledger(), folder(), key)) {
                sequencer.submit(one("first")).join();
            }
            Path tile = directory.resolve("log/tile/0/000.p/1");
            byte[] bytes = Files.readAllBytes(tile);
            bytes[0] ^= 1;
            Files.write(tile, bytes);
            var e = assertThrows(UnavailableException.class, () -> new Sequencer(store.ledger(), folder(), key));
            assertTrue(e.sentence().contains("other bytes"), e.sentence());
        }
    }

    /// Partial tiles are not flushed: after a power cut those of the last publications may be empty or too short.
    @ParameterizedTest
    @ValueSource(strings = {"0/000.p/4", "0/000.p/3", "entries/000.p/4", "entries/000.p/3"})
    void aPartialTileThatIsTooShortIsWrittenAgain(String torn) throws IOException {
        try (var store = store("store.db")) {
            try (var sequencer = new Sequencer(store.ledger(), folder(), key)) {
                for (int i = 0; i < 4; i++) {
                    sequencer.submit(one("entry " + i)).join();
                }
            }
            Path tile = directory.resolve("log/tile").resolve(torn);
            byte[] whole = Files.readAllBytes(tile);
            for (int length : new int[] {0, whole.length - 1}) {
                Files.write(tile, Arrays.copyOf(whole, length));
                new Sequencer(store.ledger(), folder(), key).close();
                assertArrayEquals(whole, Files.readAllBytes(tile));
            }
            assertWhole(store, 4);
        }
    }

    /// The same before it was published: the next publication finds it.
    @Test
    void aPartialTileThatIsTooShortDoesNotHoldUpThePublication() throws IOException {
        Path tile = directory.resolve("log/tile/0/000.p/1");
        try (var store = store("store.db");
                var sequencer = new Sequencer(store.ledger(), folder(), key)) {
            Files.createDirectories(tile.getParent());
            Files.writeString(tile, "half");
            sequencer.submit(one("first")).join();
            assertWhole(store, 1);
        }
        assertEquals(TreeHash.BYTES, Files.size(tile));
    }

    private static void remove(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// A log goes on under its own key only.
    @Test
    void anotherKeyIsRefused() {
        try (var store = store("store.db")) {
            try (var sequencer = new Sequencer(store.ledger(), folder(), key)) {
                sequencer.submit(one("first")).join();
            }
            makeOtherKey();
            assertThrows(RefusedException.class, () -> new Sequencer(store.ledger(), folder(), key));
        }
    }

    private void makeOtherKey() {
        Path file = directory.resolve("other.pem");
        LogKey.make(file, new SecureRandom());
        key = LogKey.read(file, new KeyName("log.example"));
    }

    /// What cannot be published does not leave; it is published, and a receipt can be had, when it can.
    @Test
    void aFolderThatCannotBeWrittenHoldsBackAndHeals() throws IOException, InterruptedException {
        try (var store = store("store.db");
                var sequencer = new Sequencer(store.ledger(), folder(), key)) {
            sequencer.submit(one("first")).join();
            Path tiles = directory.resolve("log/tile");
            Path aside = directory.resolve("aside");
            Files.move(tiles, aside);
            Files.writeString(tiles, "in the way");
            var failed = assertThrows(
                    CompletionException.class,
                    () -> sequencer.submit(one("second")).join());
            assertInstanceOf(UnavailableException.class, failed.getCause());
            assertFalse(sequencer.fault().isEmpty());
            Files.delete(tiles);
            Files.move(aside, tiles);
            for (int i = 0; i < 200 && sequencer.fault().isPresent(); i++) {
                Thread.sleep(50);
            }
            assertWhole(store, 2);
            var again =
                    sequencer.submit(one("second")).join().items().orElseThrow().getFirst();
            assertEquals(new Outcome.Logged(1, true), again.outcome());
            assertProved(again, "second");
        }
    }

    /// A tile is never changed, whatever somebody put there.
    @Test
    void aTileWithOtherBytesIsNotOverwritten() throws IOException {
        try (var store = store("store.db");
                var sequencer = new Sequencer(store.ledger(), folder(), key)) {
            Path tile = directory.resolve("log/tile/0/000.p/1");
            Files.createDirectories(tile.getParent());
            String other = "other ".repeat(6);
            Files.writeString(tile, other);
            var failed = assertThrows(
                    CompletionException.class,
                    () -> sequencer.submit(one("first")).join());
            assertTrue(String.valueOf(failed.getMessage()).contains("other bytes"), failed.toString());
            assertEquals(other, Files.readString(tile));
        }
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        Path file = directory.resolve("log.pem");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));
        var e = assertThrows(
                dev.chancery.core.MalformedException.class, () -> LogKey.read(file, new KeyName("log.example")));
        assertTrue(e.sentence().contains("rw-r-----"), e.sentence());
    }
}
