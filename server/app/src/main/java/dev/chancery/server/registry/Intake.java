// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.files.FileVerifier;
import dev.chancery.files.InputFiles;
import dev.chancery.hashing.Hashes;
import dev.chancery.json.Json;
import dev.chancery.policy.VerificationPolicy;
import dev.chancery.server.api.Digests;
import dev.chancery.server.http.HttpProblem;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.ProblemType;
import dev.chancery.server.registry.manifest.PackageId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Takes packages from those who publish.
///
/// Signatures and receipts come first, and wait where only who sent them sees them. With the package itself all is
/// verified by the policy, with the keyring as it is then; what is accepted gets its names, the package's last. What
/// is refused leaves nothing.
final class Intake {
    /// Files that one requester's packages wait for.
    static final int WAITING_MAX = 256;
    /// How long they wait.
    static final Duration WAIT = Duration.ofDays(1);
    /// Bytes of a signature or receipt.
    static final int SIGNATURE_BYTES_MAX = PackageFolder.SIGNATURE_BYTES_MAX;

    private static final String WAITING = ".incoming";
    private static final String UPLOAD = ".upload-";
    private static final String LOCK = "lock";

    /// By what is verified.
    record Rules(Path policy, Path keyring, Hashes hashes, InstantSource clock, long packageBytesMax) {}

    private final PackageFolder folder;
    private final Rules rules;
    private final VerificationPolicy policy;
    private final Path waiting;

    /// Throws `MalformedException` for a policy that is none.
    Intake(PackageFolder folder, Rules rules) {
        this.folder = folder;
        this.rules = rules;
        this.policy = VerificationPolicy.parse(InputFiles.read("policy", rules.policy(), Json.DOCUMENT_BYTES_MAX));
        this.waiting = folder.file(WAITING);
    }

    private Path waiting(Requester requester) {
        byte[] text = requester.text().getBytes(StandardCharsets.UTF_8);
        return waiting.resolve(
                Digests.of(DigestAlgorithm.SHA256, Bytes.of(text)).hex());
    }

    /// A file of this requester that waits for its package.
    Optional<Path> waiting(Requester requester, String name) {
        return Optional.of(waiting(requester).resolve(name)).filter(Files::isRegularFile);
    }

    /// Keeps a signature or receipt until its package comes; one of the same name is replaced.
    void keep(Requester requester, String name, InputStream content) {
        Path mine = waiting(requester);
        try {
            Files.createDirectories(mine);
            forget();
            try (var files = Files.list(mine)) {
                if (files.count() >= WAITING_MAX && !Files.exists(mine.resolve(name))) {
                    throw new UnavailableException(
                            "%d files of this requester wait for their packages; they are".formatted(WAITING_MAX)
                                    + " forgotten after a day");
                }
            }
            Path part = mine.resolve(".part-" + UUID.randomUUID()); // readable for whom new files are
            try {
                write(part, content, SIGNATURE_BYTES_MAX);
                Files.move(part, mine.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unwritable(name, e);
        }
    }

    /// Verifies a package with what waits for it, and hands it out from now on.
    void publish(Requester requester, PackageId id, InputStream content) {
        requireFree(id);
        Path mine = waiting(requester);
        Path desk = desk(mine);
        try {
            for (Path file : waitingFor(mine, id)) {
                Files.copy(file, desk.resolve(file.getFileName()));
            }
            Path zip = desk.resolve(id.file());
            write(zip, content, rules.packageBytesMax());
            accept(zip);
            if (Files.notExists(desk.resolve(id.file() + PackageFolder.SIGNATURE))) {
                throw new RefusedException(
                        "not-signed", "package %s has no %s".formatted(id, id.file() + PackageFolder.SIGNATURE));
            }
            PackageFolder.checkSignature(desk.resolve(id.file() + PackageFolder.SIGNATURE));
            PackageFolder.open(zip, id);
            handOut(desk, id);
            for (Path file : waitingFor(mine, id)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw unwritable(id.file(), e);
        } finally {
            removeUpload(desk);
        }
        folder.look();
    }

    /// Of one upload, whatever other servers do, or one that was killed has left.
    private static Path desk(Path mine) {
        try {
            return Files.createTempDirectory(Files.createDirectories(mine), UPLOAD);
        } catch (IOException e) {
            throw unwritable(String.valueOf(mine.getFileName()), e);
        }
    }

    private void requireFree(PackageId id) {
        if (Files.exists(folder.file(id.file()))) {
            throw taken(id);
        }
    }

    private static HttpProblem taken(PackageId id) {
        return new HttpProblem(
                Problem.of(ProblemType.CONFLICT, "There is a package %s already; nothing is replaced".formatted(id)));
    }

    private static List<Path> waitingFor(Path mine, PackageId id) throws IOException {
        var files = new ArrayList<Path>();
        try (var found = Files.newDirectoryStream(
                mine, file -> String.valueOf(file.getFileName()).startsWith(id.file() + "."))) {
            found.forEach(files::add);
        }
        return files;
    }

    /// Which may be read by somebody else's server at once: only what is whole gets its name.
    private void write(Path file, InputStream content, long bytesMax) throws IOException {
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] piece = new byte[1 << 16];
            long written = 0;
            for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
                written += read;
                if (written > bytesMax) {
                    throw new HttpProblem(
                            Problem.of(ProblemType.TOO_LARGE, "The file may have at most %d bytes".formatted(bytesMax))
                                    .with("limit_bytes", new Json.Whole(bytesMax)));
                }
                out.write(piece, 0, read);
            }
        }
    }

    private void accept(Path zip) {
        var name = new ArtifactName(String.valueOf(zip.getFileName()));
        boolean ruled = policy.rules().stream()
                .flatMap(rule -> rule.artifacts().stream())
                .anyMatch(pattern -> pattern.matches(name));
        if (!ruled) {
            throw new RefusedException("not-accepted", "no rule of the publishers' policy is for %s".formatted(name));
        }
        var answer = new FileVerifier(rules.keyring(), rules.hashes())
                .verify(zip, policy, rules.clock().instant());
        if (!answer.accepted()) {
            throw new RefusedException(
                    "not-accepted", answer.outcome().judgement().sentence());
        }
    }

    /// The signatures first: a package without them is not handed out. Those that lie there without a package are of
    /// an upload that was cut off here.
    private synchronized void handOut(Path desk, PackageId id) throws IOException {
        try (var lock = FileChannel.open(waiting.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock();
                var files = Files.list(desk)) {
            requireFree(id);
            var sorted = files.sorted(Comparator.comparing((Path file) -> file.endsWith(id.file())))
                    .toList();
            for (Path file : sorted) {
                force(file, StandardOpenOption.WRITE);
                Path target = folder.file(String.valueOf(file.getFileName()));
                if (file.endsWith(id.file())) {
                    Files.createLink(target, file);
                } else {
                    Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            force(folder.file("."), StandardOpenOption.READ);
            if (!held.isValid()) {
                throw new IOException("the lock was lost");
            }
        } catch (FileAlreadyExistsException e) {
            throw taken(id);
        }
    }

    private static void force(Path file, StandardOpenOption how) throws IOException {
        try (var channel = FileChannel.open(file, how)) {
            channel.force(true);
        }
    }

    /// What has waited too long, of whomever, and what is left of uploads that a killed server had begun.
    private void forget() throws IOException {
        var before = rules.clock().instant().minus(WAIT);
        try (var all = Files.walk(waiting, 3)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                boolean upload = String.valueOf(one.getFileName()).startsWith(UPLOAD);
                boolean old = Files.getLastModifiedTime(one).toInstant().isBefore(before);
                if (old && !one.endsWith(LOCK) && (upload || Files.isRegularFile(one))) {
                    remove(one, upload);
                }
            }
        } catch (NoSuchFileException | UncheckedIOException e) {
            // Another upload has ended, or another server forgets at the same time: the next one looks again.
        }
    }

    private static void remove(Path old, boolean upload) throws IOException {
        if (upload) {
            removeUpload(old);
        } else {
            Files.deleteIfExists(old);
        }
    }

    private static void removeUpload(Path desk) {
        try (var files = Files.list(desk)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(desk);
        } catch (IOException e) {
            // It is forgotten after a day.
        }
    }

    private static UnavailableException unwritable(String name, IOException e) {
        return new UnavailableException(
                "file %s cannot be written: %s".formatted(Quoted.text(name), FileCause.of(e)), e);
    }

    /// The name of a file that may lie beside a package: `nginx-1.2.0.zip.sig`.
    static Optional<PackageId> companion(String name) {
        int zip = name.indexOf(PackageId.SUFFIX + ".");
        String suffix = zip < 0 ? "" : name.substring(zip + PackageId.SUFFIX.length());
        if (!suffix.matches("(\\.[A-Za-z0-9][A-Za-z0-9_-]{0,40}){1,6}")) {
            return Optional.empty();
        }
        return PackageId.ofFile(name.substring(0, zip + PackageId.SUFFIX.length()));
    }

    /// Throws `MalformedException` for a file that belongs to no package.
    static PackageId required(String name) {
        return companion(name)
                .or(() -> PackageId.ofFile(name))
                .orElseThrow(() -> MalformedException.value(
                        "file", name, "is neither NAME-VERSION.zip nor a signature or receipt of one"));
    }
}
