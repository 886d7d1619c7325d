// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.office.Verification;
import dev.chancery.cli.places.Place;
import dev.chancery.cli.places.Places;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.files.SignatureFiles;
import dev.chancery.log.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Brings one artifact from a place into a directory, past a policy.
public final class Fetching implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Place place;
    private final ArtifactName name;
    private final Path directory;
    private final Path hidden;

    /// Throws `MalformedException` where a file has the artifact's name already.
    public Fetching(Places.Located from, Path directory) {
        this.place = from.place();
        this.name = from.name();
        this.directory = directory;
        if (Files.exists(target(name), LinkOption.NOFOLLOW_LINKS)) {
            throw taken(target(name));
        }
        try {
            this.hidden = Files.createTempDirectory(directory, "." + name + ".");
        } catch (IOException e) {
            throw cannot(directory, e);
        }
    }

    private Path target(ArtifactName file) {
        return directory.resolve(file.text());
    }

    private static UnavailableException cannot(Path path, IOException e) {
        return new UnavailableException("%s cannot be written: %s".formatted(path, FileCause.of(e)), e);
    }

    /// Reads everything into the hidden directory and asks the policy.
    Verification.Answer verify(Judge judge) {
        read(judge);
        return judge.verification().verify(Content.file(file()), List.of());
    }

    /// Reads everything into the hidden directory.
    public void read(Judge judge) {
        readSignatures(place, judge);
        if (!read(place, name, Artifact.SIZE_BYTES_MAX)) {
            throw new UnavailableException("place %s has no %s".formatted(place, name));
        }
    }

    /// Reads signatures of another place, too, that have names which nothing here has.
    public void readSignatures(Place from, Judge judge) {
        var signatures = new ArrayList<ArtifactName>();
        for (var candidate : candidates(from, judge)) {
            if (Files.notExists(hidden.resolve(candidate.text())) && read(from, candidate, Signature.BYTES_MAX)) {
                signatures.add(candidate);
            }
        }
        signatures.add(name);
        signatures.stream()
                .map(file -> new ArtifactName(file + Receipt.SUFFIX))
                .filter(receipt -> Files.notExists(hidden.resolve(receipt.text())))
                .forEach(receipt -> read(from, receipt, Receipt.BYTES_MAX));
    }

    /// The artifact in the hidden directory, and its signatures beside it.
    public Path file() {
        return hidden.resolve(name.text());
    }

    /// What lies beside the artifact and looks like a signature; where a place does not tell, every name that a
    /// signature by somebody of the policy could have.
    private List<ArtifactName> candidates(Place from, Judge judge) {
        var authorities = new TreeSet<Authority>();
        judge.policy().rules().forEach(rule -> authorities.addAll(rule.require().authorities()));
        var files = new SignatureFiles(judge.wiring().formats());
        var told = from.names();
        if (told.isPresent()) {
            return told.get().stream()
                    .filter(file -> files.isName(file.text(), name.text(), authorities))
                    .toList();
        }
        Map<FormatName, Set<Authority>> signers = new HashMap<>();
        judge.keyring().files().forEach((format, keys) -> {
            var known = new HashSet<>(keys.keySet());
            known.retainAll(authorities);
            signers.put(format, known);
        });
        return files.names(name.text(), signers).stream().map(ArtifactName::new).toList();
    }

    private boolean read(Place from, ArtifactName file, long bytesMax) {
        var there = from.open(file);
        there.ifPresent(input -> write(from, file, input, bytesMax));
        return there.isPresent();
    }

    private void write(Place from, ArtifactName file, InputStream input, long bytesMax) {
        Path path = hidden.resolve(file.text());
        try (input;
                var output = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long left = bytesMax;
            for (int read = reading(from, file, input, buffer); read >= 0; read = reading(from, file, input, buffer)) {
                left -= read;
                if (left < 0) {
                    throw new MalformedException(
                            "%s of place %s has more than %d bytes".formatted(file, from, bytesMax));
                }
                var bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    output.write(bytes);
                }
            }
            output.force(true);
        } catch (IOException e) {
            throw cannot(path, e);
        }
    }

    private static int reading(Place from, ArtifactName file, InputStream input, byte[] buffer) {
        try {
            return input.read(buffer);
        } catch (IOException e) {
            throw new UnavailableException(
                    "%s of place %s cannot be read: %s".formatted(file, from, FileCause.of(e)), e);
        }
    }

    /// Gives what was accepted its names, the artifact's last. Throws `MalformedException` where somebody else has one
    /// with other bytes.
    void place() {
        try (var files = Files.list(hidden)) {
            var all =
                    files.sorted(Comparator.comparing(file -> isArtifact(file))).toList();
            for (Path file : all) {
                requireFree(file);
            }
            for (Path file : all) {
                link(file);
            }
            try (var channel = FileChannel.open(directory)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw cannot(directory, e);
        }
    }

    private boolean isArtifact(Path file) {
        return String.valueOf(file.getFileName()).equals(name.text());
    }

    /// What was fetched before and is equal may stay.
    private void requireFree(Path file) throws IOException {
        Path target = directory.resolve(file.getFileName());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && (isArtifact(file) || !Files.isRegularFile(target) || Files.mismatch(file, target) >= 0)) {
            throw taken(target);
        }
    }

    private static HintedException taken(Path target) {
        return new HintedException(
                new MalformedException("file %s exists and is not overwritten".formatted(target)),
                "--output names another directory");
    }

    private void link(Path file) throws IOException {
        Path target = directory.resolve(file.getFileName());
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException e) {
            requireFree(file);
        } catch (UnsupportedOperationException e) {
            Files.move(file, target);
        }
    }

    /// Removes what has no name, and leaves the place.
    @Override
    public void close() {
        place.close();
        try (var files = Files.walk(hidden)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // It is hidden and disturbs nobody; what happened before is the one to tell.
        }
    }
}
