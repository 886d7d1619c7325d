// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.Signature;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Namespace;
import dev.chancery.key.Scheme;
import dev.chancery.key.SigningKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How signatures of one format are made. The format alone builds the signed bytes.
public interface SigningFormat {
    FormatDescription description();

    /// The namespace of a key that was made without one; empty where the format has no namespaces.
    default Optional<Namespace> defaultNamespace() {
        return Optional.empty();
    }

    /// Where the keys of the format have certificates, what makes and takes them.
    default Optional<CertifyingFormat> certifying() {
        return Optional.empty();
    }

    /// Bytes of the salt that each signature wants before the content; 0 where the format has none. Who makes
    /// signatures has the salt drawn for each of them, and it is in the content's measures.
    default int saltBytes() {
        return 0;
    }

    /// What has to be known of the content before a key of this scheme can sign it in this encoding, with
    /// this salt.
    Set<Measure> measures(Scheme scheme, Encoding encoding, Salt salt);

    /// What a signing rule has to permit before this is signed: the artifacts that the signature will speak of.
    /// That is the content itself, but for formats whose content speaks of others.
    ///
    /// Throws `MalformedException` for content that is not of the format's form.
    default List<Artifact> artifacts(Measured content, ArtifactName name) {
        return List.of(new Artifact(name, content.size()));
    }

    /// Frames the content, has the key sign the frame, and writes the signature down.
    ///
    /// Throws `MalformedException` when a measure is missing; what the key throws passes through.
    Signature sign(Measured content, SignatureTerms terms, SigningKey key);

    /// The public key file of a new key, as [VerifyingFormat#keyring] reads it.
    Bytes publish(KeyPublication publication);
}
