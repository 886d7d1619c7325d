// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that is needed is not there now: the same request may succeed later.
public final class UnavailableException extends ChanceryException {
    private static final long serialVersionUID = 1;

    private final @Nullable Duration retryAfter;

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
        this.retryAfter = null;
    }

    public UnavailableException(String message) {
        super(message, null);
        this.retryAfter = null;
    }

    public UnavailableException(String message, Duration retryAfter) {
        super(message, null);
        this.retryAfter = retryAfter;
    }

    public UnavailableException(String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /// How long to wait before a retry makes sense; empty when only an operator can tell.
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
