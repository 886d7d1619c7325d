// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.Bytes;
import java.util.Optional;

/// Where the tiles of a log are read: a folder, a server, a bucket.
public interface TileSource {
    /// The file of exactly this path; empty when it is not there. It has at most [EntryBundle#BYTES_MAX]
    /// bytes, and is not trusted.
    ///
    /// Throws `UnavailableException` when it cannot be told now whether it is there, and may be asked again
    /// then. It may take as long as a request over a network does.
    Optional<Bytes> read(TilePath path);
}
