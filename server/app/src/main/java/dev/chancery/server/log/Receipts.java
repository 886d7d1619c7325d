// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.log;

import dev.chancery.core.Bytes;
import dev.chancery.log.Receipt;
import dev.chancery.store.ledger.Publication;
import dev.chancery.tree.TileTree;

/// Receipts of what is in the log already, out of its tiles. For many threads.
public final class Receipts {
    private final TileFolder folder;

    public Receipts(TileFolder folder) {
        this.folder = folder;
    }

    /// Against what is published, of which the entry has to be.
    public Receipt of(long index, Bytes leaf, Publication published) {
        var proof = new TileTree(published.size(), folder).inclusion(index, published.size());
        return LogPublisher.withLeaf(leaf, proof, LogPublisher.note(published));
    }
}
