// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import dev.chancery.core.Quoted;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What went wrong with a file, in words. The JDK's own messages are often nothing but the path.
public final class FileFault {
    private FileFault() {}

    /// `key file "/k/qa.json" cannot be read: permission denied`.
    public static String sentence(String subject, Path path, String what, IOException fault) {
        return subject + " " + Quoted.text(path.toString()) + " " + what + ": " + reason(fault);
    }

    private static String reason(IOException fault) {
        return switch (fault) {
            case NoSuchFileException absent -> "there is none";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException other when other.getReason() != null -> String.valueOf(other.getReason());
            default -> String.valueOf(fault.getMessage());
        };
    }
}
