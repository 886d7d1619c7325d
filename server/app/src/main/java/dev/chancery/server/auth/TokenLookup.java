// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.Bytes;
import dev.chancery.policy.Label;
import java.time.Instant;
import java.util.Optional;

/// Where tokens are kept, by their hashes.
@FunctionalInterface
public interface TokenLookup {
    /// What is kept of a token.
    ///
    /// @param name of the caller: the requester is `token:NAME`
    /// @param expires the first moment at which it is good for nothing
    record Grant(Label name, Scopes scopes, Instant expires, boolean revoked) {}

    /// Asked for each request with a token, with the SHA-256 of its text; takes a few milliseconds at most.
    /// Throws [UnavailableException] when the store does not answer.
    Optional<Grant> find(Bytes sha256);
}
