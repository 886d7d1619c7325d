// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.cli.places.Place;
import dev.chancery.cli.remote.ServerJobs;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Orders what lies in directories and buckets and fits a route. A file that grows or changes is left alone until it is
/// the same for two looks; who writes under a hidden name and renames needs no such luck. An object of a bucket is
/// whole
/// when it has its name.
///
/// It remembers what it ordered as long as it runs. After a restart everything is ordered once more, and what is signed
/// and uploaded already is found to be.
final class Watch {
    private static final int PRIORITY = 5;

    /// What a file looks like from outside.
    private record Look(long size, long modified) {}

    /// Where to look and whom to tell.
    ///
    /// @param buckets opens one
    /// @param complaint takes why a bucket could not be looked through, which is tried again
    record Means(
            ServerJobs jobs,
            Function<WorkerConfiguration.PlaceText, Place> buckets,
            Consumer<String> complaint,
            InstantSource clock) {}

    private final WorkerConfiguration configuration;
    private final Means means;
    private final Map<Path, Look> seen = new HashMap<>();
    private final Map<String, Set<String>> ordered = new HashMap<>();
    private long next;

    Watch(WorkerConfiguration configuration, Means means) {
        this.configuration = configuration;
        this.means = means;
        this.next = means.clock().millis();
    }

    /// Looks, if it is time.
    ///
    /// @return how many were ordered
    int look() {
        if (configuration.watch().isEmpty() || means.clock().millis() < next) {
            return 0;
        }
        next = means.clock().millis() + configuration.watch().get().toMillis();
        int count = 0;
        for (var place : configuration.places().entrySet()) {
            var at = place.getValue();
            if (!at.isFixed() || !isSource(place.getKey())) {
                continue;
            }
            if (at.directory()) {
                count += look(place.getKey(), Path.of(at.text()));
            } else if (at.bucket()) {
                count += look(place.getKey(), at);
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
                if (name.isPresent() && isSettled(file)) {
                    count += order(place, name.get());
                }
            }
        } catch (IOException e) {
            // A directory that is away now is looked at again.
            return count;
        }
        return count;
    }

    /// What cannot be told apart from a bucket without artifacts must be said; jobs of other places are done meanwhile.
    private int look(String place, WorkerConfiguration.PlaceText bucket) {
        List<ArtifactName> names;
        try (var opened = means.buckets().apply(bucket)) {
            names = opened.names().orElse(List.of());
        } catch (ChanceryException e) {
            means.complaint().accept(e.sentence());
            return 0;
        } catch (HintedException e) {
            means.complaint().accept(e.error().sentence());
            return 0;
        }
        int count = 0;
        for (ArtifactName name : names) {
            if (!name.text().startsWith(".") && isWanted(place, name)) {
                count += order(place, name);
            }
        }
        return count;
    }

    /// Once each.
    private int order(String place, ArtifactName name) {
        var already = ordered.computeIfAbsent(place, key -> new HashSet<>());
        if (already.contains(name.text())) {
            return 0;
        }
        means.jobs().submit(place, name, PRIORITY);
        already.add(name.text());
        return 1;
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
