// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.InputFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A directory of this machine, or one that is mounted. A file gets its name when it is whole.
record DirectoryPlace(Path directory) implements Place {
    DirectoryPlace {
        if (!Files.isDirectory(directory)) {
            throw new HintedException(
                    new UnavailableException("there is no directory %s".formatted(directory)), "make it first");
        }
    }

    @Override
    public Optional<InputStream> open(ArtifactName name) {
        Path file = directory.resolve(name.text());
        if (Files.isDirectory(file)) {
            throw new MalformedException("%s is a directory, not a file".formatted(file));
        }
        try {
            return Optional.of(Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw InputFiles.unreadable("file", file, e);
        }
    }

    @Override
    public boolean create(ArtifactName name, Source source) {
        Path file = directory.resolve(name.text());
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        var files = new OutputFiles(false);
        try {
            files.write(file, output -> {
                try (var input = source.open()) {
                    input.transferTo(output);
                }
            });
            files.commit();
            return true;
        } catch (HintedException taken) {
            return false; // by somebody who came meanwhile
        } finally {
            files.discard();
        }
    }

    @Override
    public Optional<List<ArtifactName>> names() {
        try (var files = Files.newDirectoryStream(directory, Files::isRegularFile)) {
            var names = new ArrayList<ArtifactName>();
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!name.startsWith(".")) {
                    names.add(new ArtifactName(name));
                }
            }
            names.sort(Comparator.comparing(ArtifactName::text));
            return Optional.of(names);
        } catch (IOException e) {
            throw InputFiles.unreadable("directory", directory, e);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
