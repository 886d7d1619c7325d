// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.backup;

import static dev.chancery.store.Sample.append;
import static dev.chancery.store.Sample.bare;
import static dev.chancery.store.Sample.bytes;
import static dev.chancery.store.Sample.sha256;
import static dev.chancery.store.Sample.signature;
import static dev.chancery.store.Sample.submission;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.store.Database;
import dev.chancery.store.Sample;
import dev.chancery.store.Store;
import dev.chancery.store.StoreContract;
import dev.chancery.store.StoreLocation;
import dev.chancery.store.TestServer;
import dev.chancery.store.ledger.Item;
import dev.chancery.store.request.Begun;
import dev.chancery.store.request.RequestKey;
import dev.chancery.store.token.Token;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The drill: a store is lost, and comes back from its backup.
class RestoreDrillTest extends StoreContract {
    private static final RequestKey ANSWERED = new RequestKey(new Requester("token:ci"), "answered");
    private static final RequestKey OPEN = new RequestKey(new Requester("token:ci"), "open");

    private void fill() {
        var claim = assertInstanceOf(Begun.Fresh.class, store.requests().begin(ANSWERED, sha256("asked")))
                .claim();
        store.requests().begin(OPEN, sha256("asked"));
        store.ledger()
                .append(List.of(submission(claim, signature("qa", "ä.jar"), new Item.Failed("{\"status\":403}"))));
        for (int i = 0; i < 30; i++) {
            append(store.ledger(), signature("qa", "artifact" + i), bare("rule " + i));
        }
        store.ledger().publish(growth -> "checkpoint of " + growth.size() + "\n");
        append(store.ledger(), bare("not published"));
        store.tags().create(new ArtifactName("bundle-1.0"), bytes("tag: bundle-1.0\nwhat it says\n"));
        store.tokens()
                .add(new Token(
                        "ci",
                        sha256("secret"),
                        new TreeSet<>(List.of("sign")),
                        Sample.NOW,
                        Sample.NOW,
                        Optional.empty()));
    }

    private static byte[] exported(Store store) {
        var output = new ByteArrayOutputStream();
        store.export(output);
        return output.toByteArray();
    }

    private static void restore(Store target, byte[] export) {
        target.restore(new ByteArrayInputStream(export));
    }

    private void assertWhole(Store restored) {
        assertEquals(store.ledger().size(), restored.ledger().size());
        for (long index = 0; index < restored.ledger().size(); index++) {
            var entry = restored.ledger().entry(index).orElseThrow();
            assertEquals(store.ledger().entry(index), Optional.of(entry));
            assertEquals(store.ledger().blob(entry.blob()), restored.ledger().blob(entry.blob()));
        }
        assertEquals(store.ledger().published(), restored.ledger().published());
        assertEquals(store.tokens().list(), restored.tokens().list());
        var tag = new ArtifactName("bundle-1.0");
        assertEquals(store.tags().get(tag), restored.tags().get(tag));
        assertEquals(
                store.requests().begin(ANSWERED, sha256("asked")),
                restored.requests().begin(ANSWERED, sha256("asked")));
    }

    private Store empty() {
        return open(newLocation(), "server-1");
    }

    @Test
    void aStoreComesBackFromItsExport() {
        fill();
        byte[] export = exported(store);
        var restored = empty();
        restore(restored, export);
        assertArrayEquals(export, exported(restored));
        assertWhole(restored);
        assertEquals(List.of(62L), append(restored.ledger(), bare("new")));
    }

    @Test
    void aStoreMovesToTheOtherDatabase() {
        fill();
        StoreLocation there = database == Database.POSTGRES
                ? new StoreLocation.SqliteFile(directory.resolve("moved.db"))
                : TestServer.schema();
        var moved = open(there, "server-1");
        restore(moved, exported(store));
        assertWhole(moved);
    }

    @Test
    void anEmptyStoreComesBack() {
        var restored = empty();
        restore(restored, exported(store));
        assertEquals(List.of(0L), append(restored.ledger(), bare("a")));
    }

    @Test
    void whatIsDamagedAnywhereIsRefusedAndNothingChanges() {
        fill();
        byte[] export = exported(store);
        var target = empty();
        byte[] before = exported(target);
        int step = export.length / 20;
        for (int at = 0; at < export.length; at += step) {
            byte[] flipped = export.clone();
            flipped[at] ^= 0x10;
            assertThrows(MalformedException.class, () -> restore(target, flipped));
            byte[] cut = Arrays.copyOf(export, at);
            assertThrows(MalformedException.class, () -> restore(target, cut));
        }
        assertThrows(MalformedException.class, () -> restore(target, Arrays.copyOf(export, export.length - 1)));
        assertThrows(MalformedException.class, () -> restore(target, Arrays.copyOf(export, export.length + 1)));
        assertArrayEquals(before, exported(target));
        restore(target, export);
        assertWhole(target);
    }

    @Test
    void aStoreThatIsNotEmptyIsLeftAsItIs() {
        byte[] export = exported(store);
        append(store.ledger(), bare("a"));
        var e = assertThrows(RefusedException.class, () -> restore(store, export));
        assertEquals("store-not-empty", e.rule());
        assertEquals(1, store.ledger().size());
        var published = empty();
        published.ledger().publish(growth -> "checkpoint of nothing");
        assertThrows(RefusedException.class, () -> restore(published, export));
    }

    @Test
    void aCopyOfTheFileIsAStoreAndPostgresHasToolsOfItsOwn() throws IOException {
        Path copy = directory.resolve("copy's.db");
        if (database == Database.POSTGRES) {
            var e = assertThrows(RefusedException.class, () -> store.backup(copy));
            assertEquals("backup-by-postgres", e.rule());
            assertFalse(Files.exists(copy));
            return;
        }
        fill();
        store.backup(copy);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
        byte[] bytes = Files.readAllBytes(copy);
        var e = assertThrows(RefusedException.class, () -> store.backup(copy));
        assertEquals("backup-exists", e.rule());
        assertArrayEquals(bytes, Files.readAllBytes(copy));
        assertWhole(open(new StoreLocation.SqliteFile(copy), "server-1"));
    }
}
