// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.request;

import java.util.List;

/// What is known of a request that somebody wants to begin.
public sealed interface Begun {

    /// It is the caller's now.
    record Fresh(Claim claim) implements Begun {}

    /// It was answered: the outcome of each item, in order.
    record Answered(List<Outcome> outcomes) implements Begun {
        public Answered {
            outcomes = List.copyOf(outcomes);
        }
    }

    /// Somebody else is at it.
    record InProgress() implements Begun {}

    /// The key was used for another request.
    record Different() implements Begun {}
}
