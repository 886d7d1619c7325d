// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningLimitsTest {
    private static final Requester ALICE = new Requester("unix:alice");

    private static SigningRules rules(String limits) {
        return SigningRules.parse(Samples.bytes("""
                {"version": 1, "rules": [
                  {"name": "ci", "requesters": ["unix:alice"], "authority": "qa", "formats": ["raw"],
                   "artifacts": ["*"], "size_bytes_max": 1, %s}]}
                """.formatted(limits.replace('\'', '"'))));
    }

    private static SigningQuestion question(int batch) {
        return new SigningQuestion(
                Samples.authority("qa"), Samples.RAW, Samples.artifact("a", 1), Instant.EPOCH, batch);
    }

    @Test
    void aBatchOfTheGreatestSizeIsPermittedAndALargerOneIsNot() {
        var rules = rules("'batch_max': 10");
        assertEquals("ci", rules.permit(ALICE, question(10)).name().text());
        var refusal = assertThrows(RefusedException.class, () -> rules.permit(ALICE, question(11)));
        assertEquals("signing-rule:ci", refusal.rule());
        assertTrue(refusal.sentence().endsWith("a batch of 11 is more than 10"), refusal.sentence());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'rate': {'signatures': 1, 'seconds': 1}",
                "'rate': {'signatures': 1000000, 'seconds': 86400}",
                "'batch_max': 1",
                "'batch_max': 1000",
                "'rate': {'signatures': 5, 'seconds': 60}, 'batch_max': 7",
            })
    void isReadAndWrittenTheSame(String limits) {
        var rules = rules(limits);
        assertEquals(rules, SigningRules.parse(rules.toBytes()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'rate': {'signatures': 0, 'seconds': 1}",
                "'rate': {'signatures': 1000001, 'seconds': 1}",
                "'rate': {'signatures': 1, 'seconds': 0}",
                "'rate': {'signatures': 1, 'seconds': 86401}",
                "'rate': {'signatures': 1}",
                "'rate': {'signatures': 1, 'seconds': 1, 'burst': 2}",
                "'rate': 5",
                "'batch_max': 0",
                "'batch_max': 1001",
            })
    void refusesLimitsThatAreNone(String limits) {
        assertThrows(MalformedException.class, () -> rules(limits));
    }

    @Test
    void namesThoseWhoMayAsk() {
        var rules = rules("'batch_max': 1");
        assertTrue(rules.mayAsk(ALICE, Samples.authority("qa")));
        assertTrue(!rules.mayAsk(ALICE, Samples.authority("release")));
        assertTrue(!rules.mayAsk(new Requester("unix:bob"), Samples.authority("qa")));
        assertEquals(java.util.Set.of(ALICE), rules.requesters());
    }
}
