// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.core.ChanceryException;

/// One of the three errors with a hint at what to do, which only the command can know.
final class HintedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ChanceryException error;
    private final String hint;

    HintedException(ChanceryException error, String hint) {
        super(error);
        this.error = error;
        this.hint = hint;
    }

    ChanceryException error() {
        return error;
    }

    String hint() {
        return hint;
    }
}
