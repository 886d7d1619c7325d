// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import java.util.Optional;

/// What the world has been shown: the first `size` entries.
///
/// @param checkpoint a signed note; empty before the first publication
public record Publication(long size, Optional<String> checkpoint) {
    /// Characters of a checkpoint: room for hundreds of cosignatures.
    public static final int CHECKPOINT_CHARACTERS_MAX = 65_536;
}
