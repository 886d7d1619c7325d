// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.rehearsal;

import dev.chancery.life.Forecast;
import java.util.Optional;

/// A moment of the story at which verifiers are asked: a day of it, whose signature, and what they have to
/// think.
///
/// Days count from the beginning of the first cycle; a cycle has 180, an overlap 30.
enum Stage {
    ACTIVE("the first key signs", 20, "first", Optional.empty()),
    NEXT("the second key signs", 190, "second", Optional.empty()),
    DRAINING("the first key drains", 190, "first", Optional.empty()),
    EXTENDED("the first key is extended, past its first end", 250, "first", Optional.of(Forecast.Event.EXTENDED)),
    EXPIRED("the first key expired", 310, "first", Optional.of(Forecast.Event.EXPIRED)),
    EXPIRED_THIEF("the first key expired, and signs", 310, "first-thief", Optional.of(Forecast.Event.EXPIRED)),
    THIRD("the third key signs", 375, "third", Optional.empty()),
    RETIRED("the second key is retired", 388, "second", Optional.of(Forecast.Event.RETIRED)),
    RETIRED_THIEF("the second key is retired, and signs", 388, "second-thief", Optional.of(Forecast.Event.RETIRED)),
    COMPROMISED("the third key is stolen", 445, "third", Optional.of(Forecast.Event.COMPROMISED)),
    COMPROMISED_THIEF(
            "the third key is stolen, and signs", 445, "third-thief", Optional.of(Forecast.Event.COMPROMISED));

    private static final String THIEF = "-thief";

    private final String words;
    private final int day;
    private final String signature;
    private final Optional<Forecast.Event> event;

    Stage(String words, int day, String signature, Optional<Forecast.Event> event) {
        this.words = words;
        this.day = day;
        this.signature = signature;
        this.event = event;
    }

    String words() {
        return words;
    }

    int day() {
        return day;
    }

    String signature() {
        return signature;
    }

    /// What a verifier of that kind has to say. Without an event everything is good.
    Forecast.Opinion expected(Forecast.Verifier verifier) {
        return event.flatMap(happening -> Forecast.of(happening).stream()
                        .filter(line -> line.verifier() == verifier)
                        .map(line -> signature.endsWith(THIEF) ? line.after() : line.before())
                        .findFirst())
                .orElse(Forecast.Opinion.GOOD);
    }
}
