// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.office.Verification;
import dev.chancery.cli.places.Place;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.files.InputFiles;
import dev.chancery.log.Receipt;
import dev.chancery.verification.Finding;
import dev.chancery.verification.RejectedSignature;
import dev.chancery.verification.VerifiedSignature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/// Writes verified artifacts into a place.
public final class Publishing {
    /// What became of one file.
    ///
    /// @param written false where an equal one was there already
    public record Done(Published file, boolean written) {}

    private static final int BUFFER_BYTES = 1 << 16;

    private final Place place;

    public Publishing(Place place) {
        this.place = place;
    }

    /// The files of an artifact that was accepted, in the order in which they are written: every signature that counts,
    /// receipts, the artifact.
    public static List<Published> files(Path artifact, Verification.Answer answer) {
        var names = new LinkedHashSet<Path>();
        for (Finding finding : answer.findings()) {
            if (finding instanceof VerifiedSignature good) {
                names.add(artifact.resolveSibling(good.file()));
            }
        }
        names.remove(artifact); // a text with its signature in it
        var receipts = new LinkedHashSet<Path>();
        names.forEach(file -> receipts.add(file.resolveSibling(file.getFileName() + Receipt.SUFFIX)));
        receipts.add(artifact.resolveSibling(artifact.getFileName() + Receipt.SUFFIX));
        receipts.stream().filter(Files::exists).forEach(names::add);
        var files = new ArrayList<Published>();
        for (Path name : names) {
            files.add(Published.memory(
                    name(name),
                    InputFiles.read("signature file", name, Math.max(Signature.BYTES_MAX, Receipt.BYTES_MAX))));
        }
        files.add(Published.file(name(artifact), artifact, answer.digest().orElseThrow()));
        return files;
    }

    private static ArtifactName name(Path file) {
        return Content.file(file).name();
    }

    /// Signature files that lie there, do not count, and stay behind.
    public static List<RejectedSignature> left(Verification.Answer answer) {
        return answer.findings().stream()
                .filter(RejectedSignature.class::isInstance)
                .map(RejectedSignature.class::cast)
                .toList();
    }

    /// Complains of the first name that another file has, before anything is written.
    public void requireFree(List<Published> files) {
        files.forEach(this::isThere);
    }

    /// Writes what is not there, and reads it back.
    public void publish(List<Published> files, Consumer<Done> done) {
        for (var file : files) {
            boolean written = !isThere(file) && place.create(file.name(), file.source());
            if (!isThere(file)) {
                throw new UnavailableException("place %s took %s and does not have it".formatted(place, file.name()));
            }
            done.accept(new Done(file, written));
        }
    }

    /// Whether an equal file is there. Throws `RefusedException` (`place-taken`) for another one.
    private boolean isThere(Published file) {
        var there = place.open(file.name());
        if (there.isEmpty()) {
            return false;
        }
        Digest found = digest(file, there.get());
        if (!found.equals(file.digest())) {
            throw new HintedException(
                    new RefusedException(
                            "place-taken",
                            "place %s has another %s, with SHA-256 %s and not %s"
                                    .formatted(
                                            place,
                                            file.name(),
                                            found.hex(),
                                            file.digest().hex())),
                    "nothing is replaced: publish under another version, or remove it there");
        }
        return true;
    }

    private Digest digest(Published file, InputStream input) {
        var running = Pinned.sha256();
        try (input) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                running.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new UnavailableException(
                    "%s of place %s cannot be read: %s".formatted(file.name(), place, FileCause.of(e)), e);
        }
        return new Digest(DigestAlgorithm.SHA256, running.digest());
    }
}
