// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.signing;

import dev.chancery.bundle.Bundle;
import dev.chancery.bundle.Envelope;
import dev.chancery.bundle.MessageSignature;
import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Requester;
import dev.chancery.entry.HashedRekord;
import dev.chancery.entry.LogEntry;
import dev.chancery.entry.SignatureEntry;
import dev.chancery.format.FormatDescription.Signs;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.Key;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.statement.Statement;
import dev.chancery.store.ledger.EntryFacts;
import dev.chancery.store.ledger.EntryKind;
import dev.chancery.store.ledger.NewEntry;
import dev.chancery.store.ledger.Subject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What stands in the log of a signature that an enclave made.
final class Leaves {
    private static final FormatName RAW = new FormatName("raw");
    private static final Set<FormatName> BUNDLES = Set.of(new FormatName("sigstore"), new FormatName("statement"));

    private final Formats formats;

    Leaves(Formats formats) {
        this.formats = formats;
    }

    /// A signature as it came from an enclave.
    record Made(SigningRequest request, Key key, Bytes signature, Instant time) {}

    /// What the log has to know, asked before anything is signed.
    ///
    /// Throws `MalformedException` when the request does not say it.
    List<Subject> subjects(SigningRequest request) {
        return switch (signs(request)) {
            case ARTIFACT, MANIFEST -> List.of(subject(request, request.content()));
            case STATEMENT ->
                statement(request).subjects().stream().map(Leaves::subject).toList();
            case TAG -> List.of(tagged(request));
        };
    }

    NewEntry entry(Made made, Requester requester) {
        var subjects = subjects(made.request());
        LogEntry leaf = leaf(made, subjects.getFirst());
        Bytes encoded = leaf.encode();
        var facts = new EntryFacts(
                kind(made.request()),
                Optional.of(made.request().authority()),
                Optional.of(made.request().format()),
                Optional.of(made.request().encoding()),
                Optional.of(made.key().id()),
                Optional.of(requester),
                made.time());
        return new NewEntry(Bytes.of(leaf.leafHash().toArray()), encoded, facts, subjects, made.signature());
    }

    private EntryKind kind(SigningRequest request) {
        return switch (signs(request)) {
            case ARTIFACT, MANIFEST -> EntryKind.SIGNATURE;
            case STATEMENT -> EntryKind.STATEMENT;
            case TAG -> EntryKind.TAG;
        };
    }

    private Signs signs(SigningRequest request) {
        return formats.get(request.format()).description().signs();
    }

    /// Rekor's leaf where cosign can make it again out of the bundle, or where no size is known, which ours has; else
    /// our own.
    private LogEntry leaf(Made made, Subject subject) {
        if (isBundle(made.request().format())) {
            var rekord = Bundle.read(made.signature()).flatMap(bundle -> rekord(bundle, made.key()));
            if (rekord.isPresent()) {
                return rekord.get();
            }
        }
        if (!made.request().content().hasSize()) {
            return new HashedRekord(
                    subject.sha256(),
                    made.signature(),
                    Bytes.of(made.key().publicKey().der()));
        }
        var artifact = new Artifact(subject.name(), made.request().content().size());
        return new SignatureEntry(
                new SignatureEntry.Signed(artifact, subject.sha256(), subject.sha512()),
                new SignatureEntry.By(
                        made.request().authority(),
                        made.key().id(),
                        made.request().format(),
                        made.request().encoding()),
                sha256(made.signature()),
                made.time().truncatedTo(ChronoUnit.SECONDS));
    }

    /// Whether signatures of this format are bundles of Sigstore, which have room for the log's proof.
    static boolean isBundle(FormatName format) {
        return BUNDLES.contains(format);
    }

    /// Empty for keys that Rekor does not know.
    static Optional<HashedRekord> rekord(Bundle bundle, Key key) {
        var spki = Bytes.of(key.publicKey().der());
        try {
            return Optional.of(
                    switch (bundle.content()) {
                        case MessageSignature(var digest, var signature) ->
                            new HashedRekord(digest, signature.bytes(), spki);
                        case Envelope envelope ->
                            new HashedRekord(
                                    sha256(envelope.signed()),
                                    envelope.signature().bytes(),
                                    spki);
                    });
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static Subject subject(SigningRequest request, Measured content) {
        if (!content.has(Measure.digest(DigestAlgorithm.SHA256))) {
            throw new MalformedException("the request lacks the content's sha256 digest, by which the log finds it");
        }
        if (!content.hasSize() && !request.format().equals(RAW)) {
            throw new MalformedException(
                    "the request lacks the content's size, which only one for a %s signature may".formatted(RAW));
        }
        var size = content.hasSize() ? Optional.of(content.size()) : Optional.<Long>empty();
        var sha512 = content.has(Measure.digest(DigestAlgorithm.SHA512))
                ? Optional.of(content.digest(DigestAlgorithm.SHA512))
                : Optional.<Digest>empty();
        return new Subject(content.digest(DigestAlgorithm.SHA256), sha512, request.name(), size);
    }

    private static Statement statement(SigningRequest request) {
        return Statement.read(request.content().content());
    }

    private static Subject subject(dev.chancery.statement.Subject named) {
        var sha256 = named.digests().get(DigestAlgorithm.SHA256);
        if (sha256 == null) {
            throw MalformedException.value("subject", named.name(), "has no sha256 digest, by which the log finds it");
        }
        return new Subject(sha256, Optional.empty(), new ArtifactName(named.name()), Optional.empty());
    }

    private static Subject tagged(SigningRequest request) {
        var payload = request.content().content();
        return new Subject(sha256(payload), Optional.empty(), request.name(), Optional.of((long) payload.length()));
    }

    static Digest sha256(Bytes bytes) {
        try {
            return new Digest(
                    DigestAlgorithm.SHA256, MessageDigest.getInstance("SHA-256").digest(bytes.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
