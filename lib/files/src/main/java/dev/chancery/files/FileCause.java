// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Why something with a file failed, in words: the message of Java's exception is often nothing but the
/// file's name.
public final class FileCause {
    private FileCause() {}

    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "it does not exist";
            case AccessDeniedException denied -> "permission denied";
            case NotDirectoryException file -> "it is not a directory";
            case FileAlreadyExistsException taken -> "a file of that name is there already";
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
