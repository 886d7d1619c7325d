// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/// A directory for one job, which is removed with whatever is in it.
record SpoolDirectory(Path path) implements AutoCloseable {
    /// What is older was left by a worker that was killed: no artifact takes so long.
    static final Duration AGE_MAX = Duration.ofDays(1);

    private static final String NAME = "chancery-job-";

    SpoolDirectory(Path parent, long job) {
        this(made(parent, job));
    }

    private static Path made(Path parent, long job) {
        try {
            return Files.createTempDirectory(parent, "%s%d-".formatted(NAME, job));
        } catch (IOException e) {
            throw new UnavailableException("no directory can be made: " + FileCause.of(e), e);
        }
    }

    /// Removes what others left behind.
    static void removeOld(Path parent, Instant now) {
        try (var directories = Files.newDirectoryStream(parent, NAME + "*")) {
            for (Path directory : directories) {
                if (Files.getLastModifiedTime(directory).toInstant().isBefore(now.minus(AGE_MAX))) {
                    remove(directory);
                }
            }
        } catch (IOException e) {
            // It takes room, and disturbs nobody.
            return;
        }
    }

    private static void remove(Path directory) {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // What is in it is public, and it is there for the next one to remove.
        }
    }

    @Override
    public void close() {
        remove(path);
    }
}
