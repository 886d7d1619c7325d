// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.hashing.Measured;
import java.util.Optional;

/// A signature by the old key that the log proves.
///
/// @param place where it stands in the log
/// @param sha256 of its artifact; of a statement's first one
/// @param known what the log says of the content; empty for a statement, whose document is fetched
/// @param successor the entry of the same signature by the new key, when the log has one
record OldSignature(
        Place place, How how, ArtifactName name, Digest sha256, Optional<Measured> known, Optional<Long> successor) {
    /// An entry of the log.
    record Place(long index, Bytes leaf) {}

    /// Who signed in which form.
    record How(Authority authority, FormatName format, Encoding encoding) {}
}
