// SPDX-License-Identifier: Apache-2.0
package dev.chancery.trust;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Predicate;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Hashes;
import dev.chancery.policy.Outcome;
import dev.chancery.policy.VerificationPolicy;
import dev.chancery.verification.Keyring;
import dev.chancery.verification.SignatureFile;
import dev.chancery.verification.Verifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A keyring's directory that takes no keys but by a signed document. See the package comment.
public final class TrustedKeyring {
    /// From now to the end of a document that is taken.
    public static final Duration LIFETIME_MAX = Duration.ofDays(732);

    /// What the signers state about the document.
    public static final String SERIAL = "keyring-serial";

    private static final String STATE = ".keyring-document.json";
    private static final String NEXT = ".keyring-next";
    private static final ArtifactName NAME = new ArtifactName("keyring");

    private final Path directory;
    private final Formats formats;
    private final Hashes hashes;

    public TrustedKeyring(Path directory, Hashes hashes) {
        this.directory = directory;
        this.formats = Formats.all(hashes);
        this.hashes = hashes;
    }

    /// A document as it came, and the signature files that came with it.
    public record Candidate(Bytes document, List<SignatureFile> signatures) {
        public Candidate {
            signatures = List.copyOf(signatures);
        }
    }

    /// Refuses (`keyring-stale`) to verify by a directory whose document has come to its end. One that never had a
    /// document has none.
    public static void requireFresh(Path directory, Instant now) {
        state(directory).map(KeyringDocument::parse).ifPresent(document -> requireFresh(document, now));
    }

    private static void requireFresh(KeyringDocument document, Instant now) {
        if (!now.isBefore(document.expires())) {
            throw new RefusedException(
                    "keyring-stale",
                    "the keyring of serial number %d ended at %s: get a newer one with 'chancery keyring update'"
                            .formatted(document.serial(), document.expires()));
        }
    }

    private static Optional<Bytes> state(Path directory) {
        Path file = directory.resolve(STATE);
        return Files.exists(file)
                ? Optional.of(InputFiles.read("keyring document", file, KeyringDocument.BYTES_MAX))
                : Optional.empty();
    }

    /// The document that the directory has.
    public Optional<KeyringDocument> current() {
        return state(directory).map(KeyringDocument::parse);
    }

    /// Who may have signed a candidate: everybody whom its quorum names, and the quorum of what is there.
    public SortedSet<Authority> signers(Bytes document) {
        var signers =
                new TreeSet<>(KeyringDocument.parse(document).requirement().authorities());
        current().ifPresent(known -> signers.addAll(known.requirement().authorities()));
        return signers;
    }

    /// Takes a document; false when it is the one that is there.
    ///
    /// Throws `RefusedException` by the rules `keyring-pin`, `keyring-not-empty`, `keyring-older`, `keyring-fork`,
    /// `keyring-quorum`, `keyring-stale` or `keyring-lifetime`, and then nothing has changed.
    ///
    /// @param pin the SHA-256 that the document has to have, in hex digits; needed for the first one
    public boolean update(Candidate candidate, Optional<String> pin, Instant now) {
        var next = KeyringDocument.parse(candidate.document());
        pin.ifPresent(sha256 -> requirePinned(candidate.document(), sha256));
        var known = state(directory);
        if (known.isPresent() && known.get().equals(candidate.document())) {
            requireFresh(next, now);
            return false;
        }
        if (known.isEmpty()) {
            requireFirst(pin);
        }
        var current = known.map(KeyringDocument::parse);
        current.ifPresent(old -> requireNewer(old, next));
        requireFresh(next, now);
        if (next.expires().isAfter(now.plus(LIFETIME_MAX))) {
            throw new RefusedException(
                    "keyring-lifetime",
                    "the keyring ends at %s, more than %d days from now"
                            .formatted(next.expires(), LIFETIME_MAX.toDays()));
        }
        try {
            if (known.isEmpty()) {
                requireVouched(next);
            }
            current.ifPresent(old -> requireQuorum("known", old, candidate, now));
            requireQuorum("new", next, candidate, now);
            take(next, candidate.document());
        } finally {
            clear();
        }
        return true;
    }

    /// What was unpacked and not taken.
    private void clear() {
        Path folder = directory.resolve(NEXT);
        if (Files.exists(folder)) {
            try {
                remove(folder);
                Files.delete(folder);
            } catch (IOException e) {
                throw unavailable(e);
            }
        }
    }

    private static void requirePinned(Bytes document, String pin) {
        if (!sha256(document).equals(pin.toLowerCase(java.util.Locale.ROOT))) {
            throw new RefusedException(
                    "keyring-pin",
                    "the document has the SHA-256 %s, and %s is pinned".formatted(sha256(document), pin));
        }
    }

    /// By which a first document is pinned, in lower-case hex digits.
    public static String sha256(Bytes document) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private void requireFirst(Optional<String> pin) {
        if (pin.isEmpty()) {
            throw new RefusedException(
                    "keyring-pin", "the first keyring of a directory has to be pinned by its SHA-256");
        }
    }

    /// A directory without a document has no public keys, or some of those of this document, which an interrupted
    /// update put there.
    private void requireVouched(KeyringDocument first) {
        var vouched = new KeyringDirectory(unpacked(first), formats).files();
        new KeyringDirectory(directory, formats).files().forEach((format, files) -> {
            if (!vouched.getOrDefault(format, Map.of()).entrySet().containsAll(files.entrySet())) {
                throw new RefusedException(
                        "keyring-not-empty",
                        "the directory %s has public keys that no document vouched for".formatted(directory));
            }
        });
    }

    private static void requireNewer(KeyringDocument old, KeyringDocument next) {
        if (next.serial() < old.serial()) {
            throw new RefusedException(
                    "keyring-older",
                    "the keyring has serial number %d, and number %d is known".formatted(next.serial(), old.serial()));
        }
        if (next.serial() == old.serial()) {
            throw new RefusedException(
                    "keyring-fork",
                    "there are two keyrings of serial number %d: keep both and ask".formatted(next.serial()));
        }
    }

    private void requireQuorum(String whose, KeyringDocument by, Candidate candidate, Instant now) {
        long serial = KeyringDocument.parse(candidate.document()).serial();
        var said = new TreeMap<String, String>();
        said.put(SERIAL, Long.toString(serial));
        var policy = VerificationPolicy.requiring(List.of(by.requirement().stating(Predicate.PARAMETERS, said)));
        var reading = new Verifier(keyring(by)).read(candidate.signatures());
        try (var channel = Channels.newChannel(
                new ByteArrayInputStream(candidate.document().toArray()))) {
            var findings = reading.check(new ContentPass(hashes).measure(channel, reading.measures()), now);
            if (policy.evaluate(NAME, findings) instanceof Outcome.Refused) {
                throw new RefusedException(
                        "keyring-quorum",
                        "the keyring of serial number %d is not signed by the %s keyring's quorum, %s"
                                .formatted(serial, whose, by.quorum()));
            }
        } catch (IOException e) {
            throw new AssertionError("it is read from memory", e);
        }
    }

    private Keyring keyring(KeyringDocument document) {
        Path folder = unpacked(document);
        return new KeyringDirectory(folder, formats).read();
    }

    /// The files of a document in a hidden directory, which is empty before.
    private Path unpacked(KeyringDocument document) {
        Path folder = directory.resolve(NEXT);
        try {
            Files.createDirectories(folder);
            remove(folder);
            for (var file : document.files().entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue().toArray());
            }
            return folder;
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /// Each file is replaced whole. The commit point is the last move: killed before, the update is made again,
    /// and what it finds is of one quorum or the other.
    private void take(KeyringDocument document, Bytes written) {
        Path folder = unpacked(document);
        try {
            for (String name : document.files().keySet()) {
                Files.move(
                        folder.resolve(name),
                        directory.resolve(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            try (var files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    if (!name.startsWith(".") && !document.files().containsKey(name)) {
                        Files.delete(file);
                    }
                }
            }
            Path state = Files.write(folder.resolve("state"), written.toArray());
            Files.move(
                    state,
                    directory.resolve(STATE),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private UnavailableException unavailable(IOException e) {
        return new UnavailableException("keyring %s cannot be written: %s".formatted(directory, e), e);
    }
}
