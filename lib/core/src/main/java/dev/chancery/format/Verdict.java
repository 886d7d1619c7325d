// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.core.Authority;
import dev.chancery.core.Predicate;
import dev.chancery.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/// What a format says of one signature.
public sealed interface Verdict {
    /// The signature is right, and its key was fit to make it. `signedAt` is the signer's claim, where the
    /// format has one. `predicate` is what a statement says of the content, `timestamp` what somebody else says
    /// of the time.
    record Good(
            Authority authority,
            KeyId key,
            Optional<Instant> signedAt,
            Optional<Predicate> predicate,
            Optional<Timestamp> timestamp)
            implements Verdict {
        /// For a signature over the content itself.
        public Good(Authority authority, KeyId key, Optional<Instant> signedAt) {
            this(authority, key, signedAt, Optional.empty(), Optional.empty());
        }

        public Good stating(Predicate said) {
            return new Good(authority, key, signedAt, Optional.of(said), timestamp);
        }

        public Good stamped(Timestamp by) {
            return new Good(authority, key, signedAt, predicate, Optional.of(by));
        }
    }

    /// The signature does not count. The sentence continues "the signature does not count: ".
    record Bad(Reason reason, String sentence) implements Verdict {}
}
