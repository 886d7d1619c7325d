// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import org.jspecify.annotations.Nullable;

/// One of the three errors of the office. There is no fourth: whoever catches one knows what to do next.
public abstract sealed class ChanceryException extends RuntimeException
        permits MalformedException, RefusedException, UnavailableException {
    private static final long serialVersionUID = 1;

    ChanceryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// The message, which is a complete sentence's worth of words without the full stop.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
