// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import dev.chancery.core.Requester;
import java.util.Optional;

/// Who asks: the requester whom the rules know; where somebody else says that it is he, that one; and how many
/// requests were made together.
public record Asker(Requester requester, Optional<Requester> voucher, int batch) {
    /// One who asks for himself, for one thing.
    public Asker(Requester requester) {
        this(requester, Optional.empty(), 1);
    }
}
