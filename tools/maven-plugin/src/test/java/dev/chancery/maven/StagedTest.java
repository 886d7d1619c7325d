// SPDX-License-Identifier: Apache-2.0
package dev.chancery.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    private Path file(String name) throws IOException {
        return Files.writeString(root.resolve(name), name);
    }

    private static Staged.Kind kind(String extension) {
        return new Staged.Kind(extension, Optional.empty());
    }

    @Test
    void filesHaveTheNamesOfARepositoryAndWhatLiesBesideThemIsOfTheirKind() throws IOException {
        Path directory = root.resolve("target/chancery");
        var staged = new Staged(directory, "thing-1");
        var sources = new Staged.Kind("jar", Optional.of("sources"));
        staged.add(file("pom.xml"), kind("pom"));
        staged.add(file("final-name.jar"), kind("jar"));
        staged.add(file("final-name-src.jar"), sources);
        assertEquals(List.of("thing-1.pom", "thing-1.jar", "thing-1-sources.jar"), staged.names());
        assertEquals("final-name.jar", Files.readString(directory.resolve("thing-1.jar")));

        for (String name : List.of(
                "thing-1.jar.asc", "thing-1.jar.asc.tlog-proof", "thing-1-sources.jar.qa.asc", "unrelated.asc")) {
            Files.createFile(directory.resolve(name));
        }
        var beside = new ArrayList<Staged.Kind>();
        staged.forEachBeside((kind, file) -> beside.add(kind));
        assertEquals(List.of(sources.beside(".qa.asc"), kind("jar.asc"), kind("jar.asc.tlog-proof")), beside);
    }

    /// `thing-1.tar` and `thing-1.tar.gz` may both be there.
    @Test
    void theLongestNameOwnsWhatLiesBeside() throws IOException {
        var staged = new Staged(root.resolve("staged"), "thing-1");
        staged.add(file("a"), kind("tar"));
        staged.add(file("b"), kind("tar.gz"));
        Files.createFile(root.resolve("staged/thing-1.tar.gz.asc"));
        var beside = new ArrayList<Staged.Kind>();
        staged.forEachBeside((kind, file) -> beside.add(kind));
        assertEquals(List.of(kind("tar.gz.asc")), beside);
    }

    @Test
    void whatAnEarlierBuildSignedIsGone() throws IOException {
        Path directory = Files.createDirectory(root.resolve("staged"));
        Files.createFile(directory.resolve("thing-1.jar.asc"));
        assertEquals(List.of(), new Staged(directory, "thing-1").names());
        assertFalse(Files.exists(directory.resolve("thing-1.jar.asc")));
    }

    @Test
    void twoFilesOfOneNameAreRefused() throws IOException {
        var staged = new Staged(root.resolve("staged"), "thing-1");
        staged.add(file("a"), kind("jar"));
        Path other = file("b");
        var refusal = assertThrows(IOException.class, () -> staged.add(other, kind("jar")));
        assertEquals("the project has two files that a repository would call thing-1.jar", refusal.getMessage());
    }
}
