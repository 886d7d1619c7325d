// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Lines that are not to be seen before it is known that they are true, however many.
final class Spool implements AutoCloseable {
    private final Path file;
    private final PrintStream lines;

    Spool() {
        try {
            file = Files.createTempFile("chancery", ".lines");
            lines = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UnavailableException("no temporary file can be made", e);
        }
    }

    void line(String text) {
        lines.println(text);
    }

    /// Shows what was written. Throws `UnavailableException` when it could not all be kept.
    void showOn(PrintStream out) {
        lines.flush();
        if (lines.checkError()) {
            throw new UnavailableException("temporary file %s cannot be written".formatted(file));
        }
        try {
            Files.copy(file, out);
        } catch (IOException e) {
            throw new UnavailableException("temporary file %s cannot be read".formatted(file), e);
        }
    }

    @Override
    public void close() {
        lines.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It lies where all temporary files lie.
        }
    }
}
