// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokenTest {
    /// 32 bytes of zero: the CRC-32 of those is 190a55ad.
    private static final String ZERO = "chy_" + "a".repeat(51) + "bscsvvu";

    private static SecureRandom zeros() {
        return new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 0);
            }
        };
    }

    @Test
    void aTokenIsPrefixSecretAndChecksum() {
        assertEquals(ZERO, ApiToken.create(zeros()).secretText());
        assertEquals(ApiToken.create(zeros()).hash(), ApiToken.parse(ZERO).hash());
        assertEquals(32, ApiToken.parse(ZERO).hash().length());
    }

    @Test
    void everyTokenIsAnother() {
        var random = new SecureRandom();
        for (int i = 0; i < 200; i++) {
            var token = ApiToken.create(random);
            assertTrue(token.secretText().matches("chy_[a-z2-7]{58}"), token.secretText());
            assertEquals(token.hash(), ApiToken.parse(token.secretText()).hash());
            assertNotEquals(token.hash(), ApiToken.create(random).hash());
        }
    }

    @Test
    void everyTypoIsTold() {
        String good = ApiToken.create(new SecureRandom()).secretText();
        for (int i = 4; i < good.length(); i++) {
            char other = good.charAt(i) == 'a' ? 'b' : 'a';
            String typo = good.substring(0, i) + other + good.substring(i + 1);
            var fault = assertThrows(MalformedException.class, () -> ApiToken.parse(typo));
            assertFalse(fault.sentence().contains(typo.substring(4, 20)), fault.sentence());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "chy_", "chy_aaaa", "CHY_AAAA", "xyz_"})
    void whatIsOfAnotherFormIsNone(String text) {
        assertThrows(MalformedException.class, () -> ApiToken.parse(text));
        assertThrows(MalformedException.class, () -> ApiToken.parse(ZERO + "a"));
        assertThrows(MalformedException.class, () -> ApiToken.parse(ZERO.toUpperCase(Locale.ROOT)));
        assertThrows(MalformedException.class, () -> ApiToken.parse(ZERO + "\n"));
    }

    @Test
    void noTwoTextsAreOneToken() {
        String sameBits = ZERO.substring(0, ZERO.length() - 1) + "v";
        assertThrows(MalformedException.class, () -> ApiToken.parse(sameBits));
    }

    @Test
    void aTokenIsNotPrintedByAccident() {
        assertEquals("chy_...", "" + ApiToken.parse(ZERO));
    }
}
