// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
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

/// Makes the signatures of tags. A signature is one block; who asked joins it to the file.
public final class TagSigning implements SigningFormat {
    @Override
    public FormatDescription description() {
        return TagFormat.DESCRIPTION;
    }

    @Override
    public Set<Measure> measures(Scheme scheme, Encoding encoding, Salt salt) {
        description().suffix(encoding);
        return Set.of(Measure.content());
    }

    /// The tag itself, whose name stands in what is signed and has to be the one that was asked for.
    @Override
    public List<Artifact> artifacts(Measured content, ArtifactName name) {
        payload(content, name);
        return List.of(new Artifact(name, content.size()));
    }

    private static Bytes payload(Measured content, ArtifactName name) {
        return TagPayload.parse(content.content())
                .named(new TagName(name.text()))
                .bytes();
    }

    @Override
    public Signature sign(Measured content, SignatureTerms terms, SigningKey key) {
        description().suffix(terms.encoding());
        requireScheme(key);
        var toBeSigned = TagFormat.toBeSigned(payload(content, terms.artifact()));
        var block = SignatureBlock.of(key.key().authority(), key.sign(toBeSigned));
        return new Signature(description().name(), terms.encoding(), block.bytes());
    }

    @Override
    public Bytes publish(KeyPublication publication) {
        requireScheme(publication.key());
        var pem = PublicKeyPem.write(publication.key().key().publicKey());
        return Bytes.of(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static void requireScheme(SigningKey key) {
        if (!key.key().publicKey().scheme().signsDigest()) {
            throw new MalformedException("format tag takes no Ed25519 key: openssl dgst does not verify with one");
        }
    }
}
