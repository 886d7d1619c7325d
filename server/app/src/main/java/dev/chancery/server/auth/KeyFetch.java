// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.Bytes;
import java.io.IOException;
import java.net.URI;

/// Fetches a document of an issuer.
@FunctionalInterface
interface KeyFetch {
    /// Takes ten seconds at most. Throws `IOException` when nothing came, too much, or no status 200.
    Bytes get(URI address) throws IOException;
}
