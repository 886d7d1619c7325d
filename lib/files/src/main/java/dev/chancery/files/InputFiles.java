// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads files whole, up to a limit, with errors that say which file and why.
public final class InputFiles {
    private InputFiles() {}

    /// `subject` is what the file is to the reader: "policy file".
    public static Bytes read(String subject, Path file, int bytesMax) {
        try (var input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new MalformedException("%s %s has more than %d bytes".formatted(subject, file, bytesMax));
            }
            return Bytes.of(bytes);
        } catch (IOException e) {
            throw unreadable(subject, file, e);
        }
    }

    public static UnavailableException unreadable(String subject, Path file, IOException e) {
        return new UnavailableException("%s %s cannot be read: %s".formatted(subject, file, FileCause.of(e)), e);
    }
}
