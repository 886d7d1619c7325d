// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.core.Bytes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What a server answered.
///
/// @param type the media type without parameters, in lower case; empty when there is none
/// @param retryAfter seconds that the server asks to wait
record HttpReply(int status, String type, Optional<Duration> retryAfter, Bytes body) {
    static final int OK = 200;
    static final int CREATED = 201;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int UNPROCESSABLE = 422;
    static final int TOO_MANY = 429;
    static final int SERVER_ERRORS = 500;

    /// Of a proxy whose server is away, of a server that is not ready, of one that was too slow for its proxy.
    private static final Set<Integer> AGAIN = Set.of(TOO_MANY, 502, 503, 504);

    /// Whether the same request may be answered otherwise a moment later.
    boolean asksForPatience() {
        return AGAIN.contains(status) || (status == CONFLICT && retryAfter.isPresent());
    }
}
