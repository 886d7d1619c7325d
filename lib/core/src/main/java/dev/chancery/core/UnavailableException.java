// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that is needed is not there now: the same request may succeed later.
public final class UnavailableException extends ChanceryException {
    private static final long serialVersionUID = 1;

    private final @Nullable Duration retryAfter;
    private final boolean tooMany;

    public UnavailableException(String message, Throwable cause) {
        this(message, null, false, cause);
    }

    public UnavailableException(String message) {
        this(message, null, false, null);
    }

    public UnavailableException(String message, Duration retryAfter) {
        this(message, retryAfter, false, null);
    }

    public UnavailableException(String message, Duration retryAfter, Throwable cause) {
        this(message, retryAfter, false, cause);
    }

    private UnavailableException(
            String message, @Nullable Duration retryAfter, boolean tooMany, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
        this.tooMany = tooMany;
    }

    /// The caller has had what he may have for now; others get theirs.
    public static UnavailableException tooMany(String message, Duration retryAfter) {
        return new UnavailableException(message, retryAfter, true, null);
    }

    /// Whether it is a limit of this caller that was reached, not something that is away.
    public boolean isTooMany() {
        return tooMany;
    }

    /// How long to wait before a retry makes sense; empty when only an operator can tell.
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
