// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

/// One item of a request, as it came out: an entry for the log, or no signature.
public sealed interface Item permits NewEntry, Item.Failed {

    /// The item has no entry; the problem is what the requester is told, in JSON
    /// ([dev.chancery.store.request.Outcome.Failed]).
    record Failed(String problem) implements Item {}
}
