// SPDX-License-Identifier: Apache-2.0
package dev.chancery.statement;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.bundle.Envelope;
import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.SigningFormat;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Scheme;
import dev.chancery.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Signs statements. The content is the statement; it is read strictly, and what is signed is our own writing
/// of it.
public final class StatementSigning implements SigningFormat {
    @Override
    public FormatDescription description() {
        return StatementFormat.DESCRIPTION;
    }

    @Override
    public Set<Measure> measures(Scheme scheme, Encoding encoding, Salt salt) {
        description().suffix(encoding);
        return Set.of(Measure.content());
    }

    /// One for each subject, of size 0: a statement does not say how large its artifacts are.
    @Override
    public List<Artifact> artifacts(Measured content, ArtifactName name) {
        return statement(content).subjects().stream()
                .map(subject -> new Artifact(new ArtifactName(subject.name()), 0))
                .toList();
    }

    @Override
    public Signature sign(Measured content, SignatureTerms terms, SigningKey key) {
        description().suffix(terms.encoding());
        var publicKey = key.key().publicKey();
        Bytes statement = statement(content).write();
        var frame = Envelope.preAuthenticationEncoding(StatementFormat.PAYLOAD_TYPE, statement);
        var signature = key.sign(StatementFormat.toBeSigned(publicKey.scheme(), frame));
        var bundle = StatementFormat.bundle(publicKey, statement, signature);
        return new Signature(description().name(), terms.encoding(), bundle.write());
    }

    /// Stricter than reading: each subject has a name and a SHA-256, and a manifest of a directory is
    /// consistent.
    private static Statement statement(Measured content) {
        var statement = Statement.read(content.content());
        for (Subject subject : statement.subjects()) {
            if (!subject.digests().containsKey(DigestAlgorithm.SHA256)) {
                throw MalformedException.value("subject", subject.name(), "has no sha256 digest");
            }
        }
        if (TreeManifest.isOne(statement)) {
            TreeManifest.read(statement);
        }
        return statement;
    }

    @Override
    public Bytes publish(KeyPublication publication) {
        var pem = PublicKeyPem.write(publication.key().key().publicKey());
        return Bytes.of(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
