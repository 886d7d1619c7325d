// SPDX-License-Identifier: Apache-2.0
package dev.chancery.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.maven.artifact.Artifact;

/// The files of one project under the names that a repository has them by: a rule, a policy and the record of a
/// signature see those, and not what a build calls them. Signatures appear beside them.
final class Staged {
    /// What one file is: its extension, and its classifier if it has one.
    record Kind(String extension, Optional<String> classifier) {
        static Kind of(Artifact artifact) {
            return new Kind(
                    artifact.getArtifactHandler().getExtension(),
                    Optional.ofNullable(artifact.getClassifier()).filter(text -> !text.isEmpty()));
        }

        /// That of what lies beside it under its name and a suffix: `.asc`.
        Kind beside(String suffix) {
            return new Kind(extension + suffix, classifier);
        }

        private String name(String project) {
            return project + classifier.map(text -> "-" + text).orElse("") + "." + extension;
        }
    }

    private final Path directory;
    private final String project;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    /// @param directory where they shall lie; what was there is gone
    /// @param project how their names begin: `thing-1.0`
    Staged(Path directory, String project) throws IOException {
        this.directory = directory;
        this.project = project;
        if (Files.isDirectory(directory)) {
            for (Path old : listed()) {
                Files.delete(old);
            }
        }
        Files.createDirectories(directory);
    }

    /// The same file under a further name where the file system has that, else a copy.
    void add(Path file, Kind kind) throws IOException {
        String name = kind.name(project);
        if (kinds.putIfAbsent(name, kind) != null) {
            throw new IOException("the project has two files that a repository would call " + name);
        }
        try {
            Files.createLink(directory.resolve(name), file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, directory.resolve(name));
        }
    }

    Path directory() {
        return directory;
    }

    List<String> names() {
        return List.copyOf(kinds.keySet());
    }

    /// Calls for each file that lies beside one of them, in the order of their names.
    void forEachBeside(BiConsumer<Kind, Path> sink) throws IOException {
        for (Path file : listed()) {
            String name = String.valueOf(file.getFileName());
            if (!kinds.containsKey(name)) {
                kinds.keySet().stream()
                        .filter(one -> name.startsWith(one + "."))
                        .max(Comparator.comparingInt(String::length))
                        .ifPresent(one -> sink.accept(kind(one).beside(name.substring(one.length())), file));
            }
        }
    }

    private Kind kind(String name) {
        return Optional.ofNullable(kinds.get(name)).orElseThrow();
    }

    private List<Path> listed() throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
