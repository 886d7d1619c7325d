// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.Predicate;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.statement.Statement;
import dev.chancery.statement.Subject;
import dev.chancery.statement.TreeManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Makes statements about artifacts, signed with a private key that the program brings: one in memory or, by a
/// `java.security.Provider`, a handle on one in a token. ECDSA P-256 or Ed25519.
///
/// No rule is asked and nothing is recorded: that is the office's work, whose keys no program gets. Use a key
/// that signs nothing else.
public final class Attestor {
    private static final FormatName FORMAT = new FormatName("statement");
    private static final Set<Measure> SHA256 = Set.of(Measure.digest(DigestAlgorithm.SHA256));

    private final Hashes hashes = new BouncyCastleHashes();
    private final Formats.Format format = Formats.all(hashes).get(FORMAT);
    private final ProgramKey key;

    /// Throws `MalformedException` for a public key of another kind.
    public Attestor(Authority authority, KeyPair pair) {
        this.key = ProgramKey.of(authority, format.description(), pair);
    }

    /// What goes into a keyring as [#publicKeyFileName].
    public Bytes publicKeyFile() {
        return format.signing().publish(new KeyPublication(key, Optional.empty(), "", ProgramKey.CREATED));
    }

    /// `jenkins-prd.statement.pem`.
    public String publicKeyFileName() {
        return key.key().authority() + format.description().publicKeys().suffix();
    }

    /// States parameters of files together, as `chancery attest --param job=42` does.
    public Signature attest(Collection<Path> files, Map<String, String> parameters) {
        return attest(files, Predicate.PARAMETERS, Statement.parameters(new TreeMap<>(parameters)));
    }

    /// States any predicate of files together. `predicateType` is the URI that tells its kind.
    ///
    /// Throws `UnavailableException` when a file cannot be read or the key does not answer,
    /// `MalformedException` for what is over the limits of [Statement].
    public Signature attest(Collection<Path> files, String predicateType, Json.Members predicate) {
        var subjects = files.stream().map(this::subject).toList();
        return sign(new Statement(subjects, predicateType, predicate));
    }

    /// States what files a directory holds: the manifest of OpenSSF model signing.
    public Signature attestDirectory(Path directory) {
        var tree =
                FileVerifier.measure(directory, hashes, Set.of(Measure.tree())).tree();
        return sign(TreeManifest.of(tree).statement(name(directory)));
    }

    /// Where verifiers look for the statement: `app.jar.jenkins-prd.intoto.sigstore.json`.
    public Path beside(Path artifact) {
        String suffix = format.description().suffix(format.description().defaultEncoding());
        var authority = Optional.of(key.key().authority());
        return artifact.toAbsolutePath()
                .normalize()
                .resolveSibling(SignatureFiles.name(name(artifact), authority, suffix));
    }

    private Subject subject(Path file) {
        var measured = FileVerifier.measure(file, hashes, SHA256);
        return new Subject(name(file), measured.digest(DigestAlgorithm.SHA256));
    }

    private static String name(Path artifact) {
        return String.valueOf(artifact.toAbsolutePath().normalize().getFileName());
    }

    /// The signature is checked by the verifying code before anybody gets it: a private key that does not fit
    /// the public one, or a token that errs, is found here.
    private Signature sign(Statement statement) {
        Measured document = document(statement.write());
        var name = new ArtifactName(statement.subjects().getFirst().name());
        var encoding = format.description().defaultEncoding();
        var terms = new SignatureTerms(name, encoding, ProgramKey.CREATED); // a statement says no time
        var signature = format.signing().sign(document, terms, key);
        if (!format.verifying().isBy(key.key(), signature, document)) {
            throw new UnavailableException("key %s gave a signature that does not verify"
                    .formatted(key.key().id()));
        }
        return signature;
    }

    private Measured document(Bytes statement) {
        try (var channel = Channels.newChannel(new ByteArrayInputStream(statement.toArray()))) {
            return new ContentPass(hashes, bytes -> {}).measure(channel, Set.of(Measure.content()));
        } catch (IOException e) {
            throw new IllegalStateException("memory can be read", e);
        }
    }
}
