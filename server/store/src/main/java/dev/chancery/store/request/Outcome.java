// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.request;

import dev.chancery.core.MalformedException;

/// What became of one item of a request.
public sealed interface Outcome {

    /// It is in the log.
    ///
    /// @param repeated the leaf had been there already, and this is where
    record Logged(long index, boolean repeated) implements Outcome {}

    /// It is not, and why: what the requester is told, in JSON.
    record Failed(String problem) implements Outcome {
        /// Characters: a problem document with its sentences.
        public static final int CHARACTERS_MAX = 8_192;

        public Failed {
            if (problem.isEmpty() || problem.length() > CHARACTERS_MAX || problem.indexOf('\0') >= 0) {
                throw MalformedException.value(
                        "problem", problem, "is not 1 to %d characters other than NUL".formatted(CHARACTERS_MAX));
            }
        }
    }
}
