// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.tag.TagFile;
import dev.chancery.tag.TagName;
import dev.chancery.tag.TagPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagStoreTest {
    private static final TagName NAME = new TagName("bundle");

    @TempDir
    private Path directory;

    private TagStore store() {
        return new TagStore(directory.resolve("tags"));
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static TagFile tag(String text) {
        return TagFile.of(TagPayload.of(NAME, bytes(text)));
    }

    private static Signature block(String authority) {
        return new Signature(
                TagSignatures.FORMAT, Encoding.ARMOR, bytes("=== SIGNATURE %s\nQUJD\n".formatted(authority)));
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(directory.resolve("tags"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aTagIsAFileUnderItsName() throws IOException {
        store().create(NAME, tag("x\n"));
        assertEquals(List.of("bundle.tag"), files());
        assertEquals("tag: bundle\nx\n", Files.readString(directory.resolve("tags/bundle.tag")));
        assertEquals(tag("x\n").bytes(), store().read(NAME));
        assertEquals(List.of("bundle"), store().names());
    }

    @Test
    void aTagThatIsThereIsNotReplaced() {
        store().create(NAME, tag("x\n"));
        assertThrows(HintedException.class, () -> store().requireFree(NAME));
        assertThrows(HintedException.class, () -> store().create(NAME, tag("y\n")));
        assertEquals(tag("x\n").bytes(), store().read(NAME));
    }

    @Test
    void aChangeIsMadeOfWhatIsThereByThen() throws IOException {
        store().create(NAME, tag("x\n"));
        store().change(NAME, file -> file.with(block("qa")));
        store().change(NAME, file -> file.with(block("release")));
        assertEquals(
                "tag: bundle\nx\n=== SIGNATURE qa\nQUJD\n=== SIGNATURE release\nQUJD\n",
                Files.readString(directory.resolve("tags/bundle.tag")));
        assertEquals(List.of(".lock", "bundle.tag"), files());
    }

    @Test
    void aChangeThatFailsChangesNothing() throws IOException {
        store().create(NAME, tag("x\n"));
        assertThrows(
                MalformedException.class,
                () -> store().change(NAME, file -> {
                    throw new MalformedException("no");
                }));
        assertEquals(tag("x\n").bytes(), store().read(NAME));
        assertEquals(List.of(".lock", "bundle.tag"), files());
    }

    /// Threads of one process: `TagIT` has processes do it.
    @Test
    void whoChangesATagAtOnceLosesNothing() throws Exception {
        store().create(NAME, tag("x\n"));
        var together = new CountDownLatch(1);
        try (var pool = Executors.newFixedThreadPool(8)) {
            var changes = new ArrayList<Future<?>>();
            for (int i = 0; i < 40; i++) {
                String authority = "a" + i;
                changes.add(pool.submit(() -> {
                    together.await();
                    store().change(NAME, file -> file.with(block(authority)));
                    return authority;
                }));
            }
            together.countDown();
            for (var change : changes) {
                change.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
        var claimed = TagFile.parse(store().read(NAME)).claimed().stream()
                .map(Object::toString)
                .sorted()
                .toList();
        assertEquals(IntStream.range(0, 40).mapToObj(i -> "a" + i).sorted().toList(), claimed);
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        assertThrows(HintedException.class, () -> store().read(NAME));
        assertEquals(List.of(), store().names());
        assertThrows(UnavailableException.class, () -> store().change(NAME, file -> file));
        Files.createDirectory(directory.resolve("tags"));
        assertThrows(HintedException.class, () -> store().change(NAME, file -> file));
        Files.writeString(directory.resolve("file"), "");
        var inFile = new TagStore(directory.resolve("file"));
        assertThrows(UnavailableException.class, () -> inFile.create(NAME, tag("x\n")));
    }

    @Test
    void aFileOverTheLimitIsMalformed() throws IOException {
        Files.createDirectory(directory.resolve("tags"));
        Files.write(directory.resolve("tags/bundle.tag"), new byte[TagFile.BYTES_MAX]);
        assertEquals(TagFile.BYTES_MAX, store().read(NAME).length());
        Files.write(directory.resolve("tags/bundle.tag"), new byte[TagFile.BYTES_MAX + 1]);
        assertThrows(MalformedException.class, () -> store().read(NAME));
    }

    @Test
    void onlyTagFilesAreListed() throws IOException {
        store().create(NAME, tag("x\n"));
        for (String other : List.of(".hidden.tag", "bundle.tag.bak", "other")) {
            Files.writeString(directory.resolve("tags").resolve(other), "x");
        }
        assertEquals(List.of("bundle"), store().names());
    }
}
