// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.store.request.Outcome;
import java.util.List;

/// What became of a submission.
public sealed interface Appended {

    /// It is durable: the outcome of each item, in order.
    record Done(List<Outcome> outcomes) implements Appended {
        public Done {
            outcomes = List.copyOf(outcomes);
        }
    }

    /// Nothing of it was written: the claim has lapsed, and the request is, or was, another attempt's. Its
    /// signatures must not leave the server.
    record Lapsed() implements Appended {}
}
