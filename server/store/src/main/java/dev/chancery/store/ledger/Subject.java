// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import java.util.Optional;

/// An artifact that an entry is about. The SHA-256 is what it is found by.
///
/// @param size in bytes; empty where nobody said
public record Subject(Digest sha256, Optional<Digest> sha512, ArtifactName name, Optional<Long> size) {
    public Subject {
        require(sha256, DigestAlgorithm.SHA256);
        sha512.ifPresent(digest -> require(digest, DigestAlgorithm.SHA512));
        if (size.isPresent()) {
            size = Optional.of(new Artifact(name, size.get()).size());
        }
    }

    static void require(Digest digest, DigestAlgorithm algorithm) {
        if (digest.algorithm() != algorithm) {
            throw MalformedException.value("digest", digest.toString(), "is not one of " + algorithm.standardName());
        }
    }
}
