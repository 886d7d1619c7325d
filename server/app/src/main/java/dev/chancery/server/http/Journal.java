// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import java.time.Duration;
import java.time.Instant;

/// Where the server says what happened. Called by many threads at once; must neither throw nor wait long.
public interface Journal {
    /// One line of the access log. It bears no token, no query and no path: a route's name, or `-` where none
    /// fits.
    ///
    /// @param requester who asked, or `-` as long as nobody knows
    record Access(Instant time, String requestId, String requester, Outcome outcome) {}

    /// What became of a request.
    ///
    /// @param bytes of the answer's body that were sent
    record Outcome(String route, int status, long bytes, Duration duration) {}

    void answered(Access access);

    /// Something that the asker is not told: why a credential was rejected, for example.
    void noted(String requestId, String sentence);

    /// A fault of ours, which the asker knows by the request's id alone.
    void failed(String requestId, Throwable fault);
}
