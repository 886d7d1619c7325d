// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.Bytes;

/// Is shown leaves in the order of their indexes.
@FunctionalInterface
public interface LeafVisitor {
    void leaf(long index, Bytes leafHash, Bytes leaf);
}
