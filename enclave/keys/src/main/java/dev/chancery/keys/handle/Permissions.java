// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import com.sun.security.auth.module.UnixSystem;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/// Who may reach a file. Checked before a secret is read or written; the answer no is rule
/// `key-permissions`.
///
/// The directory is checked first. In a directory with mode 0700 only its owner and root can exchange a file
/// between the check and the use, and both could read the process's memory anyway.
public final class Permissions {
    private static final String RULE = "key-permissions";
    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int PERMISSIONS = 07777;
    private static final int WRITABLE_BY_OTHERS = 0022;

    private Permissions() {}

    /// A directory of the caller's own with mode 0700. The last step may be a symbolic link: what counts is
    /// where it leads.
    public static void requirePrivateDirectory(Path directory) {
        var status = status("key directory", directory);
        if ((status.mode() & TYPE) != DIRECTORY) {
            throw refused("key directory", directory, "is not a directory");
        }
        requireOwner("key directory", directory, status);
        if ((status.mode() & PERMISSIONS) != 0700) {
            throw wrongMode("key directory", directory, status, "700");
        }
    }

    /// A regular file of the caller's own with mode 0600 or 0400; no symbolic link.
    public static void requirePrivateFile(String subject, Path file) {
        var status = status(subject, file, LinkOption.NOFOLLOW_LINKS);
        if ((status.mode() & TYPE) != REGULAR) {
            throw refused(subject, file, "is not a regular file");
        }
        requireOwner(subject, file, status);
        int permissions = status.mode() & PERMISSIONS;
        if (permissions != 0600 && permissions != 0400) {
            throw wrongMode(subject, file, status, "600");
        }
    }

    /// A regular file that only root or the caller owns and can write: code that shall run in this process, or
    /// what tells it whom to obey.
    public static void requireTrusted(String subject, Path file) {
        var status = status(subject, file);
        if ((status.mode() & TYPE) != REGULAR) {
            throw refused(subject, file, "is not a regular file");
        }
        if (status.uid() != 0) {
            requireOwner(subject, file, status);
        }
        if ((status.mode() & WRITABLE_BY_OTHERS) != 0) {
            throw refused(
                    subject,
                    file,
                    "can be written by others; chmod go-w %s mends it".formatted(Quoted.text(file.toString())));
        }
    }

    private static void requireOwner(String subject, Path path, Status status) {
        long caller = new UnixSystem().getUid();
        if (status.uid() != caller) {
            throw refused(
                    subject,
                    path,
                    "belongs to user %d, not to user %d who runs this; chown %d %s mends it"
                            .formatted(status.uid(), caller, caller, path.getFileName()));
        }
    }

    private static RefusedException wrongMode(String subject, Path path, Status status, String mode) {
        return refused(
                subject,
                path,
                "has mode 0%o, not 0%s; chmod %s %s mends it"
                        .formatted(status.mode() & PERMISSIONS, mode, mode, Quoted.text(path.toString())));
    }

    private static RefusedException refused(String subject, Path path, String fault) {
        return new RefusedException(RULE, subject + " " + Quoted.text(path.toString()) + " " + fault);
    }

    private record Status(int mode, long uid) {}

    private static Status status(String subject, Path path, LinkOption... options) {
        try {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,uid", options);
            return new Status(number(attributes, "mode"), Integer.toUnsignedLong(number(attributes, "uid")));
        } catch (IOException e) {
            throw new UnavailableException(FileFault.sentence(subject, path, "cannot be read", e), e);
        } catch (UnsupportedOperationException e) {
            throw refused(subject, path, "lies on a file system without Unix permissions");
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Integer value ? value : -1;
    }
}
