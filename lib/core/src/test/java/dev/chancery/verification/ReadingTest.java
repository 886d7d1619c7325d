// SPDX-License-Identifier: Apache-2.0
package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final Measured CONTENT = Measured.of(4, Map.of(), Map.of(), Optional.empty());

    /// A signature with a salt of its own.
    private record Salted(int number) implements ClaimedSignature {
        @Override
        public Set<Measure> measures() {
            byte[] salt = new byte[Salt.BYTES_MAX];
            salt[0] = (byte) number;
            return Set.of(Measure.state(DigestAlgorithm.SHA512, ContentForm.BYTES, new Salt(Bytes.of(salt))));
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            return new Verdict.Bad(Reason.OTHER_CONTENT, "seen");
        }
    }

    private static Finding rejected(Verdict verdict) {
        var bad = assertInstanceOf(Verdict.Bad.class, verdict);
        return new RejectedSignature("f", bad.reason(), bad.sentence());
    }

    /// Each salt is a hash over the whole content, so there are not more than 64; one that is there already
    /// counts nothing.
    @Test
    void saltsAreCounted() {
        var reading = new Reading();
        for (int i = 1; i <= Reading.SALTS_MAX; i++) {
            reading.add(new Salted(i), ReadingTest::rejected);
        }
        reading.add(new Salted(Reading.SALTS_MAX + 1), ReadingTest::rejected);
        reading.add(new Salted(Reading.SALTS_MAX), ReadingTest::rejected);
        assertEquals(Reading.SALTS_MAX, reading.measures().size());
        var findings = reading.check(CONTENT, Instant.EPOCH);
        var over = assertInstanceOf(RejectedSignature.class, findings.get(Reading.SALTS_MAX));
        assertEquals(Reason.UNSUPPORTED, over.reason());
        assertEquals("there are more than 64 salted signatures, and it is not looked at", over.sentence());
        assertEquals(
                "seen",
                assertInstanceOf(RejectedSignature.class, findings.getLast()).sentence());
    }
}
