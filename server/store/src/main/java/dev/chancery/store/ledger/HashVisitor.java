// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.Bytes;

/// Is shown hashes of leaves in the order of their indexes.
@FunctionalInterface
public interface HashVisitor {
    void hash(long index, Bytes leafHash);
}
