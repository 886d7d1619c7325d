// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

/// Writes what has been appended to where the world can see it.
@FunctionalInterface
public interface Publisher {
    /// Writes the tiles of the log up to `growth.size()` and returns the checkpoint of that size, which is
    /// stored then.
    ///
    /// It may be called again for the same entries, after a crash or by another server, and has to write the
    /// same tiles then. It may take as long as it needs; appending goes on meanwhile. What it throws leaves
    /// the publication as it was. The checkpoint may be shown when [Ledger#publish] has returned, and not
    /// before: a server that was stopped for a while may be behind another one.
    String publish(Growth growth);
}
