// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.request.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureTest {
    private static ChanceryException kept(ChanceryException error) {
        return Failure.read(Failure.of(error).write()).error();
    }

    @Test
    void anErrorIsKeptAsItIs() {
        var refused = (RefusedException) kept(new RefusedException("rule", "no \"x\""));
        assertEquals("rule", refused.rule());
        assertEquals("no \"x\"", refused.sentence());
        assertEquals("not so", ((MalformedException) kept(new MalformedException("not so"))).sentence());
        var later = (UnavailableException) kept(new UnavailableException("later", Duration.ofSeconds(7)));
        assertEquals(Optional.of(Duration.ofSeconds(7)), later.retryAfter());
        var limited = (UnavailableException) kept(UnavailableException.tooMany("enough", Duration.ofSeconds(7)));
        assertTrue(limited.isTooMany() && !later.isTooMany());
        assertEquals(Optional.empty(), ((UnavailableException) kept(new UnavailableException("never"))).retryAfter());
    }

    /// The store takes so much and no more.
    @Test
    void aLongSentenceIsCut() {
        String text =
                Failure.of(new MalformedException("\u0001".repeat(20_000))).write();
        assertTrue(text.length() <= Outcome.Failed.CHARACTERS_MAX, "" + text.length());
        assertTrue(((MalformedException) Failure.read(text).error()).sentence().length() > 1_000);
    }
}
