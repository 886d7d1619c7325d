// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All of a directory or nothing of it, whatever stops the run that fills it.
class NewDirectoryTest {
    /// Above what Linux counts processes to (`PID_MAX_LIMIT`, 2^22): no process has it.
    private static final String NOBODY = "4194305";

    @TempDir
    private Path directory;

    private NewDirectory made() {
        return new NewDirectory(directory.resolve("made"), "choose another");
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, file.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> !file.equals(directory))
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void itGetsItsNameWithAllItsFilesAndIsItsOwnersAlone() throws IOException {
        made().fill(hidden -> {
            write(hidden.resolve("a"));
            assertFalse(Files.exists(directory.resolve("made")));
            write(hidden.resolve("b"));
        });
        assertEquals(List.of("made", "made/a", "made/b"), names());
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("made"))));
    }

    @Test
    void whatFailsInBetweenLeavesNothing() throws IOException {
        assertThrows(
                UncheckedIOException.class,
                () -> made().fill(hidden -> {
                    write(hidden.resolve("a"));
                    throw new UncheckedIOException(new IOException("disk full"));
                }));
        assertEquals(List.of(), names());
    }

    @Test
    void whatAKilledRunLeftIsRemovedByTheNextAndNothingElse() throws IOException {
        for (String left : List.of(".made." + NOBODY + ".new", ".made.1.new", ".other." + NOBODY + ".new")) {
            Files.createDirectory(directory.resolve(left));
            write(directory.resolve(left).resolve("a"));
        }
        made().fill(hidden -> write(hidden.resolve("b")));
        assertEquals(
                List.of(
                        ".made.1.new",
                        ".made.1.new/a",
                        ".other." + NOBODY + ".new",
                        ".other." + NOBODY + ".new/a",
                        "made",
                        "made/b"),
                names());
    }

    @Test
    void anEmptyDirectoryIsTakenAndAnotherOneIsNot() throws IOException {
        Files.createDirectory(directory.resolve("made"));
        made().fill(hidden -> write(hidden.resolve("a")));
        var taken = assertThrows(HintedException.class, () -> made().fill(hidden -> write(hidden.resolve("b"))));
        assertEquals(
                "directory " + directory.resolve("made") + " is not empty",
                taken.error().getMessage());
        assertEquals(List.of("made", "made/a"), names());
    }

    @Test
    void whoFillsItMeanwhileKeepsWhatIsHis() throws IOException {
        assertThrows(
                UnavailableException.class,
                () -> made().fill(hidden -> {
                    write(hidden.resolve("a"));
                    assertTrue(directory.resolve("made").toFile().mkdir());
                    write(directory.resolve("made").resolve("his"));
                }));
        assertEquals(List.of("made", "made/his"), names());
    }

    @Test
    void aFileOrALinkOfTheNameIsMalformed() throws IOException {
        write(directory.resolve("made"));
        assertThrows(MalformedException.class, () -> made().fill(hidden -> {}));
        Files.delete(directory.resolve("made"));
        Files.createSymbolicLink(directory.resolve("made"), directory);
        assertThrows(MalformedException.class, () -> made().fill(hidden -> {}));
    }

    @Test
    void withoutAPlaceForItItSaysSo() {
        var nowhere = new NewDirectory(directory.resolve("not/there"), "");
        var e = assertThrows(UnavailableException.class, () -> nowhere.fill(hidden -> {}));
        assertTrue(
                String.valueOf(e.getMessage()).endsWith("cannot be made: the one it shall be in does not exist"),
                e::toString);
    }
}
