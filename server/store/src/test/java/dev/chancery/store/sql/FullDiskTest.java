// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

import static dev.chancery.store.Sample.append;
import static dev.chancery.store.Sample.bare;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.Sample;
import dev.chancery.store.Store;
import dev.chancery.store.StoreLocation;
import dev.chancery.store.ledger.Item;
import dev.chancery.store.ledger.Leaf;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.store.ledger.NewEntry;
import dev.chancery.store.request.Instance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SQLite without space.
class FullDiskTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Sample.NOW);

    @TempDir
    private Path directory;

    /// An entry with a blob of 64 KiB.
    private static Item large(int number) {
        byte[] blob = ByteBuffer.allocate(64 << 10).putInt(number).array();
        var leaf = Sample.bytes("large " + number);
        return new NewEntry(Leaf.hash(leaf), leaf, bare("").facts(), List.of(), Bytes.of(blob));
    }

    /// Appends until there is no space, in batches of three, and returns how many entries were acknowledged.
    private static int fill(Ledger ledger) {
        int acknowledged = 0;
        try {
            while (acknowledged < 1_000) {
                append(ledger, large(acknowledged), large(acknowledged + 1), large(acknowledged + 2));
                acknowledged += 3;
            }
        } catch (UnavailableException e) {
            assertEquals("the store is full", e.sentence());
            assertTrue(e.retryAfter().isPresent());
        }
        return acknowledged;
    }

    private static void assertWhole(Ledger ledger, int entries) {
        assertTrue(entries > 0 && entries < 1_000, entries + " entries");
        assertEquals(entries, ledger.size());
        ledger.leaves(0, entries, (index, hash, leaf) -> assertEquals(Sample.bytes("large " + index), leaf));
        assertTrue(ledger.entry(entries).isEmpty());
    }

    @Test
    void aFullFileTakesNothingMoreAndLosesNothing() {
        try (var database = SqliteDatabase.open(directory.resolve("store.db"))) {
            new Migrator(database).up();
            var ledger = new Ledger(database, CLOCK);
            database.write(session -> session.list("PRAGMA max_page_count = 300", Row::number));
            int entries = fill(ledger);
            assertWhole(ledger, entries);
            // The connection that had failed was given up, and its limit with it.
            append(ledger, large(entries));
            assertEquals(entries + 1, ledger.size());
        }
    }

    @Test
    void aFullDiskTakesNothingMoreUntilThereIsSpace() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=2m", "none", directory.toString()) == 0,
                "a file system of its own needs the right to mount one");
        try {
            useUp();
        } finally {
            assertEquals(0, run("umount", directory.toString()));
        }
    }

    private void useUp() throws Exception {
        var file = new StoreLocation.SqliteFile(directory.resolve("store.db"));
        try (var store = Store.open(file, new Instance("server-1"), CLOCK)) {
            int entries = fill(store.ledger());
            assertWhole(store.ledger(), entries);
            Files.write(directory.resolve("rest"), new byte[1 << 20]);
        } catch (IOException e) {
            // The rest of the space is used up, as it should be.
        }
        try (var store = Store.open(file, new Instance("server-1"), CLOCK)) {
            long entries = store.ledger().size();
            assertThrows(UnavailableException.class, () -> append(store.ledger(), large(1_001)));
            assertEquals(entries, store.ledger().size());
            assertEquals(0, run("mount", "-o", "remount,size=8m", directory.toString()));
            assertEquals(List.of(entries), append(store.ledger(), large(1_001)));
            assertTrue(store.health().isGood());
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
