// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.ArtifactName;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.policy.Outcome;
import dev.chancery.policy.VerificationPolicy;
import dev.chancery.verification.Finding;
import dev.chancery.verification.Keyring;
import dev.chancery.verification.SignatureFile;
import dev.chancery.verification.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Verifies artifacts by signature files, against the public keys of one directory, read when this is made.
///
/// The answer is about the bytes that were read. A file that others can write may be another one by the time
/// that it is used: verify a copy that nobody else can change.
public final class FileVerifier {
    /// What a policy says, and what was found out about each signature, in the order of the files.
    public record Answer(Outcome outcome, List<Finding> findings) {
        public Answer {
            findings = List.copyOf(findings);
        }

        /// Whether the policy accepts the artifact. [Outcome.Accepted] says so with a value that a method can
        /// demand.
        public boolean accepted() {
            return outcome instanceof Outcome.Accepted;
        }
    }

    private final Hashes hashes;
    private final SignatureFiles signatures;
    private final Keyring keyring;

    /// Throws `MalformedException` when a file of the keyring is not right, `UnavailableException` when it
    /// cannot be read.
    public FileVerifier(Path keyring) {
        this(keyring, new BouncyCastleHashes());
    }

    /// With hashes of one's own choice: those of `dev.chancery.libcrypto` are faster for large files.
    public FileVerifier(Path keyring, Hashes hashes) {
        var formats = Formats.all(hashes);
        this.hashes = hashes;
        this.signatures = new SignatureFiles(formats);
        this.keyring = new KeyringDirectory(keyring, formats).read();
    }

    /// By the signature files that lie beside the artifact, a file or a directory. `now` is when keys are
    /// judged.
    ///
    /// Throws `UnavailableException` when the artifact or what lies beside it cannot be read.
    public Answer verify(Path artifact, VerificationPolicy policy, Instant now) {
        return verify(artifact, signatures.beside(artifact, keyring.authorities()), policy, now);
    }

    /// By these signature files, wherever they lie.
    public Answer verify(Path artifact, Collection<Path> signatureFiles, VerificationPolicy policy, Instant now) {
        var files = signatureFiles.stream().map(signatures::named).toList();
        return verify(artifact, files, policy, now);
    }

    private Answer verify(Path artifact, List<SignatureFile> files, VerificationPolicy policy, Instant now) {
        var name = new ArtifactName(
                String.valueOf(artifact.toAbsolutePath().normalize().getFileName()));
        var reading = new Verifier(keyring).read(files);
        var findings = reading.check(measure(artifact, hashes, reading.measures()), now);
        return new Answer(policy.evaluate(name, findings), findings);
    }

    /// Reads a file once, or each file of a directory, of which it is always the tree that is measured.
    static Measured measure(Path artifact, Hashes hashes, Set<Measure> measures) {
        try {
            if (Files.isDirectory(artifact)) {
                return Measured.of(TreeFiles.read(artifact, hashes, bytes -> {}));
            }
            try (var channel = Files.newByteChannel(artifact)) {
                return new ContentPass(hashes, bytes -> {}).measure(channel, measures);
            }
        } catch (IOException e) {
            throw InputFiles.unreadable("artifact", artifact, e);
        }
    }
}
