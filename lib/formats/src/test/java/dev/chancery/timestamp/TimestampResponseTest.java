// SPDX-License-Identifier: Apache-2.0
package dev.chancery.timestamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.der.DerReader;
import dev.chancery.der.DerWriter;
import dev.chancery.key.SignatureValue;
import org.junit.jupiter.api.Test;

class TimestampResponseTest {
    private static final TokenForge FORGE = TokenForge.over(SignatureValue.of(new byte[] {1}));

    private static Bytes response(byte[]... info) {
        return Bytes.of(DerWriter.sequence(DerWriter.sequence(info), FORGE.der().toArray()));
    }

    private static byte[] text(String text) {
        return DerWriter.sequence(DerWriter.utf8(text));
    }

    private static void assertRefused(String sentence, byte[]... info) {
        var response = Bytes.of(DerWriter.sequence(DerWriter.sequence(info)));
        var refusal = assertThrows(RefusedException.class, () -> TimestampResponse.token(response));
        assertEquals("timestamp-refused", refusal.rule());
        assertEquals(sentence, refusal.sentence());
    }

    private static void assertMalformed(String words, Bytes response) {
        var fault = assertThrows(MalformedException.class, () -> TimestampResponse.token(response));
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }

    /// "When the status contains the value zero or one, a TimeStampToken MUST be present." (section 2.4.2)
    @Test
    void grantedIsZeroOrOneAndATokenComesWithIt() {
        var token = FORGE.der();
        for (int status : new int[] {0, 1}) {
            byte[] info = DerWriter.sequence(DerWriter.integer(status), text("said beside it"));
            var response = Bytes.of(DerWriter.sequence(info, token.toArray()));
            assertEquals(token, TimestampResponse.token(response).der());
        }
        assertMalformed("has none", Bytes.of(DerWriter.sequence(DerWriter.sequence(DerWriter.integer(0)))));
    }

    @Test
    void aRefusalSaysWhatTheServiceSays() {
        assertRefused("timestamp service answers with status 2 (rejection)", DerWriter.integer(2));
        assertRefused(
                "timestamp service answers with status 2 (rejection): \"busy<U+001B>[31m\"; badAlg, timeNotAvailable",
                DerWriter.integer(2),
                text("busy\u001b[31m"),
                DerWriter.element(DerReader.BIT_STRING, new byte[] {1, (byte) 0x80, 2}));
        assertRefused(
                "timestamp service answers with status 3 (waiting): systemFailure",
                DerWriter.integer(3),
                DerWriter.element(DerReader.BIT_STRING, new byte[] {6, 0, 0, 0, 0x40}));
        assertRefused("timestamp service answers with status 5 (revocationNotification)", DerWriter.integer(5));
        assertRefused(
                "timestamp service answers with status 6 (not known): failure 1",
                DerWriter.integer(6),
                DerWriter.element(DerReader.BIT_STRING, new byte[] {6, 0x40}));
    }

    @Test
    void whatIsNoResponseIsMalformed() {
        assertMalformed("ends early", Bytes.of(new byte[0]));
        assertMalformed("tag 0x3c", Bytes.of("<html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertMalformed("small number", response(DerWriter.integer(128)));
        assertMalformed(
                "0 to 32 bits",
                response(DerWriter.integer(2), DerWriter.element(DerReader.BIT_STRING, new byte[] {0, 0, 0, 0, 0, 1})));
        byte[] behind = DerWriter.sequence(
                DerWriter.sequence(DerWriter.integer(0)), FORGE.der().toArray(), DerWriter.nothing());
        assertMalformed("behind its end", Bytes.of(behind));
        assertMalformed("more than 65536", Bytes.of(new byte[TimestampResponse.BYTES_MAX + 1]));
        assertMalformed("has tag 0x00", Bytes.of(new byte[TimestampResponse.BYTES_MAX]));
    }
}
