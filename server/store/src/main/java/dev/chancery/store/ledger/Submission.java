// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.store.request.Claim;
import java.util.List;
import java.util.Optional;

/// What came out of one request.
///
/// @param claim of a request with an Idempotency-Key; then the outcomes of all items are its answer
public record Submission(Optional<Claim> claim, List<Item> items) {
    public Submission {
        items = List.copyOf(items);
    }
}
