// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.terminal;

import dev.chancery.core.ChanceryException;

/// One of the three errors with a hint at what to do, which only the command can know.
public final class HintedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ChanceryException error;
    private final String hint;

    public HintedException(ChanceryException error, String hint) {
        super(error);
        this.error = error;
        this.hint = hint;
    }

    public ChanceryException error() {
        return error;
    }

    public String hint() {
        return hint;
    }
}
