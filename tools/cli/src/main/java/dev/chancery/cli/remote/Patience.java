// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import java.time.Duration;
import java.util.Optional;

/// When a request is made again.
///
/// @param attemptsMax requests, the first one counted
/// @param answerMax from a request to the last byte of its answer
/// @param timeMax from the first attempt to the beginning of the last one
/// @param first the wait after the first attempt when the server names none; it doubles each time
/// @param longest of these waits
public record Patience(int attemptsMax, Duration answerMax, Duration timeMax, Duration first, Duration longest) {
    /// A token that makes ten signatures in a second has made 1,000 by then. A server that restarts is back
    /// within five minutes; one that is not needs a person.
    public static final Patience DEFAULT = new Patience(
            10, Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofMillis(500), Duration.ofSeconds(30));

    /// How long to wait after so many attempts, of which the first was begun so long ago; empty when it is
    /// enough.
    public Optional<Duration> after(int attempts, Duration elapsed, Optional<Duration> asked) {
        if (attempts >= attemptsMax) {
            return Optional.empty();
        }
        Duration wait = asked.orElseGet(() -> doubled(attempts));
        return Optional.of(wait).filter(pause -> elapsed.plus(pause).compareTo(timeMax) <= 0);
    }

    private Duration doubled(int attempts) {
        Duration wait = first;
        for (int i = 1; i < attempts && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
