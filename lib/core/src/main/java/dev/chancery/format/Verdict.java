// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.core.Authority;
import dev.chancery.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/// What a format says of one signature.
public sealed interface Verdict {
    /// The signature is right, and its key was fit to make it. `signedAt` is the signer's claim, where the
    /// format has one.
    record Good(Authority authority, KeyId key, Optional<Instant> signedAt) implements Verdict {}

    /// The signature does not count. The sentence continues "the signature does not count: ".
    record Bad(Reason reason, String sentence) implements Verdict {}
}
