// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import java.io.IOException;

/// What answers the requests of one [Route]. Called on a virtual thread of its own, by many at once.
@FunctionalInterface
public interface Handler {
    /// Throws one of the office's three errors or an [HttpProblem], which become a problem document; an
    /// `IOException` of the request's own body or of a file passes through, and ends the connection.
    /// Everything else that is thrown is a fault of ours: the asker gets status 500 and the request id, the
    /// journal the rest.
    Answer answer(Request request) throws IOException;
}
