// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
    @TempDir
    private Path directory;

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void nothingHasItsNameBeforeTheCommit() throws IOException {
        var output = new OutputFiles(false);
        output.write(directory.resolve("a"), bytes("1"));
        output.write(directory.resolve("b"), bytes("2"));
        assertTrue(names().stream().allMatch(name -> name.startsWith(".")), names()::toString);
        output.commit();
        assertEquals(List.of("a", "b"), names());
        assertEquals("2", Files.readString(directory.resolve("b")));
    }

    @Test
    void whatIsDiscardedLeavesNothing() throws IOException {
        var output = new OutputFiles(false);
        output.write(directory.resolve("a"), bytes("1"));
        output.discard();
        assertEquals(List.of(), names());
    }

    @Test
    void aFileThatIsThereIsNotReplaced() throws IOException {
        Files.writeString(directory.resolve("a"), "old");
        var output = new OutputFiles(false);
        var refusal = assertThrows(HintedException.class, () -> output.write(directory.resolve("a"), bytes("new")));
        assertTrue(refusal.error() instanceof MalformedException, refusal.error()::sentence);
        assertEquals("old", Files.readString(directory.resolve("a")));
        assertEquals(List.of("a"), names());
    }

    @Test
    void aFileThatComesInBetweenIsNotReplacedEither() throws IOException {
        var output = new OutputFiles(false);
        output.write(directory.resolve("a"), bytes("new"));
        Files.writeString(directory.resolve("a"), "somebody was faster");
        assertThrows(HintedException.class, output::commit);
        assertEquals("somebody was faster", Files.readString(directory.resolve("a")));
        assertEquals(List.of("a"), names());
    }

    @Test
    void replacesWhenAskedTo() throws IOException {
        Files.writeString(directory.resolve("a"), "old");
        var output = new OutputFiles(true);
        output.write(directory.resolve("a"), bytes("new"));
        output.commit();
        assertEquals("new", Files.readString(directory.resolve("a")));
        assertEquals(List.of("a"), names());
    }

    @Test
    void twoOutputsOfOneNameAreAUsageError() {
        var output = new OutputFiles(true);
        output.write(directory.resolve("a"), bytes("1"));
        assertThrows(UsageException.class, () -> output.write(directory.resolve("a"), bytes("2")));
        output.discard();
    }

    @Test
    void saysWhyAFileCannotBeWritten() {
        var output = new OutputFiles(false);
        var missing = directory.resolve("missing").resolve("a");
        var error = assertThrows(UnavailableException.class, () -> output.write(missing, bytes("1")));
        assertTrue(error.sentence().contains("its directory does not exist"), error::sentence);
    }
}
