// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SaltTest {
    private static final Salt ONE = salt(1);
    private static final Salt TWO = salt(2);

    private static Salt salt(int octet) {
        byte[] bytes = new byte[Salt.BYTES_MAX];
        Arrays.fill(bytes, (byte) octet);
        return new Salt(Bytes.of(bytes));
    }

    private static Measure.OfState measure(ContentForm form, Salt salt) {
        return new Measure.OfState(DigestAlgorithm.SHA512, form, salt);
    }

    /// RFC 9580, section 9.5, table 23.
    @Test
    void itsLengthIsThatOfItsHashFunction() {
        assertEquals(16, Salt.bytesFor(DigestAlgorithm.SHA256));
        assertEquals(24, Salt.bytesFor(DigestAlgorithm.SHA384));
        assertEquals(32, Salt.bytesFor(DigestAlgorithm.SHA512));
        assertEquals(0, Salt.bytesFor(DigestAlgorithm.BLAKE2B_512));
        for (var algorithm : List.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.BLAKE2B_512)) {
            assertThrows(MalformedException.class, () -> new Measure.OfState(algorithm, ContentForm.BYTES, ONE));
        }
        assertThrows(MalformedException.class, () -> new Salt(Bytes.of(new byte[Salt.BYTES_MAX + 1])));
    }

    @Test
    void itIsReadAndWrittenAsLowerCaseHex() {
        assertEquals(ONE, Salt.parse("01".repeat(32)));
        assertEquals("01".repeat(32), ONE.hex());
        for (String wrong : List.of("0", "0A", "zz", "01".repeat(33))) {
            assertThrows(MalformedException.class, () -> Salt.parse(wrong));
        }
    }

    @Test
    void twoThatAreDrawnDiffer() {
        var random = new SecureRandom();
        assertNotEquals(Salt.draw(32, random), Salt.draw(32, random));
        assertTrue(Salt.draw(0, random).isNone());
    }

    private static HashState state(byte[] begin, int contentBytes) {
        byte[] all = Arrays.copyOf(begin, begin.length + contentBytes);
        return StandInHashes.stateOf(DigestAlgorithm.SHA512, all);
    }

    private static Measured measured(int size, Salt salt, HashState state) {
        return Measured.of(size, Map.of(), Map.of(measure(ContentForm.BYTES, salt), state), Optional.empty());
    }

    /// 95 bytes and the salt leave one free in a block of 128; with one more there is a whole block.
    @Test
    void aStateWithoutAWholeBlockHasBegunWithItsSalt() {
        byte[] salt = ONE.bytes().toArray();
        for (int size : List.of(0, 5, 95)) {
            assertEquals(ONE, measured(size, ONE, state(salt, size)).salt());
            assertThrows(MalformedException.class, () -> measured(size, TWO, state(salt, size)));
        }
        assertEquals(TWO, measured(96, TWO, state(salt, 96)).salt());
        assertThrows(MalformedException.class, () -> measured(5, ONE, state(salt, 4)));
        assertThrows(MalformedException.class, () -> measured(5, ONE, state(new byte[0], 5)));
    }

    @Test
    void aTextsStateIsNoShorterThanItsSalt() {
        var measure = measure(ContentForm.TEXT, ONE);
        var state = state(Arrays.copyOf(ONE.bytes().toArray(), 31), 0);
        assertThrows(
                MalformedException.class, () -> Measured.of(9, Map.of(), Map.of(measure, state), Optional.empty()));
    }

    @Test
    void aRequestHasOneSaltAndTheOthersCanBeLeftOut() {
        byte[] one = ONE.bytes().toArray();
        byte[] two = TWO.bytes().toArray();
        var plain = measure(ContentForm.BYTES, Salt.NONE);
        var both = Measured.of(
                5,
                Map.of(),
                Map.of(
                        measure(ContentForm.BYTES, ONE),
                        state(one, 5),
                        measure(ContentForm.BYTES, TWO),
                        state(two, 5),
                        plain,
                        state(new byte[0], 5)),
                Optional.empty());
        assertThrows(MalformedException.class, both::salt);
        assertEquals(ONE, both.onlyWith(ONE).salt());
        assertTrue(both.onlyWith(ONE).has(plain));
        assertFalse(both.onlyWith(ONE).has(measure(ContentForm.BYTES, TWO)));
        assertEquals(Salt.NONE, both.onlyWith(Salt.NONE).salt());
    }
}
