// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.policy.Label;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {
    @Test
    void readsWhatItWrites() {
        assertEquals(Samples.ledger(), Ledger.parse(Samples.ledger().toBytes()));
        var bare = new Ledger(
                Samples.QA, Profile.PRIMARY_PER_CYCLE, CertificationPolicy.NONE, List.of(), Optional.empty());
        assertEquals(bare, Ledger.parse(bare.toBytes()));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            `"version": 1`, `"version": 2`
            `"profile": "subkey-per-cycle"`, `"profile": "subkey"`
            `"required": 1`, `"required": 3`
            `"overlap_days": 30`, `"overlap_days": 0`
            `"2027-07-01T00:00:00Z"`, `"2027-07-01T00:00:00.5Z"`
            `"2027-07-01T00:00:00Z"`, `"2026-07-01T00:00:00Z"`
            `"name": "2027b"`, `"name": "2027a"`
            `"signing"`, `"newest"`
            `AAAA`, `aaaa`
            """)
    void refusesWhatIsNotRight(String right, String wrong) {
        String text = new String(Samples.ledger().toBytes().toArray(), StandardCharsets.UTF_8);
        assertTrue(text.contains(right), text);
        var changed = Bytes.of(text.replace(right, wrong).getBytes(StandardCharsets.UTF_8));
        assertThrows(MalformedException.class, () -> Ledger.parse(changed));
    }

    /// The handle is of a key that is recorded, so that no other key comes to sign by it.
    @Test
    void signsByNoKeyThatIsNotInIt() {
        var signing = Optional.of(new Ledger.Signing(Samples.key('3'), Optional.empty()));
        assertThrows(MalformedException.class, () -> Samples.ledger().signing(signing));
    }

    @Test
    void anEntryTakesThePlaceOfThatOfItsKey() {
        var ledger = Samples.ledger();
        var changed = ledger.entries().getFirst().with(Ledger.Uses.NONE);
        var entries = ledger.with(changed).entries();
        assertEquals(List.of(changed, ledger.entries().getLast()), entries);
    }

    @Test
    void hasAtMost100Keys() {
        assertDoesNotThrow(() -> ledgerOf(Ledger.KEYS_MAX));
        assertThrows(MalformedException.class, () -> ledgerOf(Ledger.KEYS_MAX + 1));
    }

    private static Ledger ledgerOf(int keys) {
        var entries = IntStream.range(0, keys)
                .mapToObj(i -> new Ledger.Entry(
                        new dev.chancery.key.KeyId("%064x".formatted(i)),
                        Samples.CERTIFICATE,
                        new Cycle(
                                new Label("c" + i),
                                Samples.CYCLE.start(),
                                Samples.CYCLE.end(),
                                Samples.CYCLE.overlap()),
                        Ledger.Uses.NONE))
                .toList();
        return new Ledger(Samples.QA, Profile.SUBKEY_PER_CYCLE, CertificationPolicy.NONE, entries, Optional.empty());
    }

    @Test
    void usesComeInTheirOrder() {
        var now = Optional.of(Samples.CYCLE.start());
        assertThrows(MalformedException.class, () -> new Ledger.Uses(Optional.empty(), now, Optional.empty()));
        assertThrows(MalformedException.class, () -> new Ledger.Uses(now, Optional.empty(), now));
    }

    @Test
    void anOverlapHas1To366WholeDays() {
        for (int days : List.of(Cycle.OVERLAP_DAYS_MIN, Cycle.OVERLAP_DAYS_MAX)) {
            assertDoesNotThrow(() -> overlapping(Duration.ofDays(days)));
        }
        for (var wrong : List.of(Duration.ZERO, Duration.ofDays(367), Duration.ofHours(25))) {
            assertThrows(MalformedException.class, () -> overlapping(wrong));
        }
    }

    private static Cycle overlapping(Duration overlap) {
        return new Cycle(new Label("c"), Samples.CYCLE.start(), Samples.CYCLE.end(), overlap);
    }

    @Test
    void aCycleIsLongerThanNothingAndAtMostTenYears() {
        var start = Samples.CYCLE.start();
        var longest = start.plus(Duration.ofDays(Cycle.DAYS_MAX));
        assertDoesNotThrow(() -> new Cycle(new Label("c"), start, longest, Duration.ofDays(1)));
        for (var end : List.of(start, longest.plus(Duration.ofDays(1)), start.plusMillis(1500))) {
            assertThrows(MalformedException.class, () -> new Cycle(new Label("c"), start, end, Duration.ofDays(1)));
        }
    }

    @Test
    void theNextCycleBeginsWhereTheOneBeforeEnds() {
        var next = Samples.CYCLE.next(new Label("2027b"));
        assertEquals(Samples.CYCLE.end(), next.start());
        assertEquals(
                Duration.between(Samples.CYCLE.start(), Samples.CYCLE.end()),
                Duration.between(next.start(), next.end()));
    }

    @Test
    void administratorsCountOnceAndStrangersNever() {
        var policy = Samples.ledger().certifications();
        assertEquals(0, policy.count(List.of(Samples.fingerprint('D'))));
        assertFalse(policy.isMetBy(List.of(Samples.fingerprint('D'))));
        assertEquals(1, policy.count(List.of(Samples.fingerprint('A'), Samples.fingerprint('A'))));
        assertTrue(policy.isMetBy(List.of(Samples.fingerprint('A'))));
    }

    @Test
    void moreThanThereAreCannotBeRequired() {
        var two = new TreeSet<>(Set.of(Samples.fingerprint('A'), Samples.fingerprint('B')));
        assertDoesNotThrow(() -> new CertificationPolicy(2, two));
        assertThrows(MalformedException.class, () -> new CertificationPolicy(3, two));
        assertThrows(MalformedException.class, () -> new CertificationPolicy(-1, two));
    }

    @Test
    void atMost64Administrators() {
        var many = new TreeSet<Fingerprint>();
        for (int i = 0; i < CertificationPolicy.ADMINISTRATORS_MAX; i++) {
            many.add(new Fingerprint("%040X".formatted(i)));
        }
        assertDoesNotThrow(() -> new CertificationPolicy(1, many));
        many.add(Samples.fingerprint('F'));
        assertThrows(MalformedException.class, () -> new CertificationPolicy(1, many));
    }
}
