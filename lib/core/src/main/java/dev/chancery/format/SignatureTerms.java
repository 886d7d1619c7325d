// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Encoding;
import java.time.Instant;

/// What a signature is to say besides the content, as far as its format says such things: the name of what is
/// signed, how the signature is written down, and when it is made (whole seconds).
///
/// @param dataDigest whether the signature repeats the content's SHA-512 where it can be read, in a format that
///     has a place for that (`openpgp`, as Arch Linux has it)
public record SignatureTerms(ArtifactName artifact, Encoding encoding, Instant now, boolean dataDigest) {
    /// Nothing is repeated.
    public SignatureTerms(ArtifactName artifact, Encoding encoding, Instant now) {
        this(artifact, encoding, now, false);
    }
}
