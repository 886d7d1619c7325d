// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.policy.Label;
import dev.chancery.policy.NamePattern;
import dev.chancery.policy.SigningLimits;
import dev.chancery.policy.SigningRate;
import dev.chancery.policy.SigningRule;
import dev.chancery.policy.SigningScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SigningRatesTest {
    private static final Requester BOB = new Requester("unix:bob");

    private final SigningRates rates = new SigningRates();
    private Instant now = Office.NOW;

    private static SigningRule rule(String name, Optional<SigningRate> rate) {
        var limits = new SigningLimits(Optional.empty(), rate, Optional.empty());
        var scope = new SigningScope(Set.of(Office.RAW), List.of(new NamePattern("*")), 1, limits);
        return new SigningRule(new Label(name), List.of(Office.ALICE, BOB), Office.QA, scope);
    }

    private static SigningRule rule(String name, long signatures, long seconds) {
        return rule(name, Optional.of(new SigningRate(signatures, seconds)));
    }

    private void assertTakes(int count, SigningRule rule, Requester requester) {
        for (int i = 0; i < count; i++) {
            rates.take(rule, requester, now);
        }
        assertThrows(UnavailableException.class, () -> rates.take(rule, requester, now));
    }

    @Test
    void soManyAtOnceAndThenEvenly() {
        var rule = rule("ci", 10, 60);
        assertTakes(10, rule, Office.ALICE);
        now = now.plusSeconds(5);
        assertThrows(UnavailableException.class, () -> rates.take(rule, Office.ALICE, now));
        now = now.plusSeconds(1);
        assertTakes(1, rule, Office.ALICE);
        now = now.plusSeconds(3600);
        assertTakes(10, rule, Office.ALICE);
    }

    @Test
    void saysWhenTheNextMayBeHadAndByWhichRule() {
        var rule = rule("ci", 2, 60);
        assertTakes(2, rule, Office.ALICE);
        now = now.plusSeconds(10);
        var fault = assertThrows(UnavailableException.class, () -> rates.take(rule, Office.ALICE, now));
        assertEquals(Optional.of(Duration.ofSeconds(20)), fault.retryAfter());
        assertTrue(fault.isTooMany());
        assertTrue(fault.sentence().startsWith("signing rule ci lets requester local:alice have 2 signatures in 60"));
    }

    @Test
    void eachRequesterOfEachRuleHasHisOwn() {
        assertTakes(3, rule("ci", 3, 60), Office.ALICE);
        assertTakes(3, rule("ci", 3, 60), BOB);
        assertTakes(5, rule("other", 5, 60), Office.ALICE);
    }

    @Test
    void aClockThatIsSetBackGivesNothing() {
        var rule = rule("ci", 1, 60);
        assertTakes(1, rule, Office.ALICE);
        now = now.minusSeconds(3600);
        assertThrows(UnavailableException.class, () -> rates.take(rule, Office.ALICE, now));
    }

    @Test
    void withoutARateThereIsNone() {
        var rule = rule("ci", Optional.empty());
        for (int i = 0; i < 1_000; i++) {
            rates.take(rule, Office.ALICE, now);
        }
    }
}
