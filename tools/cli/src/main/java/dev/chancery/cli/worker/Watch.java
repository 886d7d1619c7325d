// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.cli.remote.ServerJobs;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Orders what lies in directories and fits a route. A file that grows or changes is left alone until it is the same
/// for
/// two looks; who writes under a hidden name and renames needs no such luck.
///
/// It remembers what it ordered as long as it runs. After a restart everything is ordered once more, and what is signed
/// and uploaded already is found to be.
final class Watch {
    private static final int PRIORITY = 5;

    /// What a file looks like from outside.
    private record Look(long size, long modified) {}

    private final WorkerConfiguration configuration;
    private final ServerJobs jobs;
    private final InstantSource clock;
    private final Map<Path, Look> seen = new HashMap<>();
    private final Set<Path> ordered = new HashSet<>();
    private long next;

    Watch(WorkerConfiguration configuration, ServerJobs jobs, InstantSource clock) {
        this.configuration = configuration;
        this.jobs = jobs;
        this.clock = clock;
        this.next = clock.millis();
    }

    /// Looks, if it is time.
    ///
    /// @return how many were ordered
    int look() {
        if (configuration.watch().isEmpty() || clock.millis() < next) {
            return 0;
        }
        next = clock.millis() + configuration.watch().get().toMillis();
        int count = 0;
        for (var place : configuration.places().entrySet()) {
            if (place.getValue().directory() && place.getValue().isFixed() && isSource(place.getKey())) {
                count += look(place.getKey(), Path.of(place.getValue().text()));
            }
        }
        return count;
    }

    private boolean isSource(String place) {
        return configuration.routes().stream().anyMatch(route -> route.place().equals(place));
    }

    private int look(String place, Path directory) {
        int count = 0;
        try (var files = Files.newDirectoryStream(directory, Files::isRegularFile)) {
            for (Path file : files) {
                var name = name(file).filter(artifact -> isWanted(place, artifact));
                if (name.isPresent() && !ordered.contains(file) && isSettled(file)) {
                    jobs.submit(place, name.get(), PRIORITY);
                    ordered.add(file);
                    count++;
                }
            }
        } catch (IOException e) {
            // A directory that is away now is looked at again.
            return count;
        }
        return count;
    }

    /// Empty for hidden files, and for names that no artifact can have.
    private static Optional<ArtifactName> name(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return name.startsWith(".") ? Optional.empty() : Optional.of(new ArtifactName(name));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private boolean isWanted(String place, ArtifactName artifact) {
        return configuration.routes().stream()
                .anyMatch(route ->
                        route.place().equals(place) && route.match(artifact).isPresent());
    }

    private boolean isSettled(Path file) throws IOException {
        var now = new Look(Files.size(file), Files.getLastModifiedTime(file).toMillis());
        return now.equals(seen.put(file, now));
    }
}
