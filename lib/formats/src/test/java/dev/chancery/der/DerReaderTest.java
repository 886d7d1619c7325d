// SPDX-License-Identifier: Apache-2.0
package dev.chancery.der;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerReaderTest {
    private static DerReader reader(byte[] der) {
        return new DerReader("test", Bytes.of(der));
    }

    private static DerReader reader(String hex) {
        return reader(HexFormat.of().parseHex(hex));
    }

    private static void assertMalformed(String words, byte[] der, Function<DerReader, Object> read) {
        var reader = reader(der);
        var fault = assertThrows(MalformedException.class, () -> read.apply(reader));
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }

    /// The example of the package comment.
    @Test
    void aSequenceWithFive() {
        var sequence = reader("3003020105").within(DerReader.SEQUENCE);
        assertEquals(BigInteger.valueOf(5), sequence.integer());
        sequence.end();
    }

    @Test
    void namedBitsAreNumberedFromTheHighest() {
        assertEquals("{}", reader("030100").namedBits().toString());
        assertEquals("{0}", reader("03020780").namedBits().toString());
        assertEquals("{0, 8, 25, 31}", reader("03050080800041").namedBits().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0300", "03020880", "0302ff80", "0306000000000001"})
    void namedBitsAreAtMost32(String hex) {
        assertMalformed("0 to 32 bits", HexFormat.of().parseHex(hex), DerReader::namedBits);
    }

    private static byte[] generalized(String text) {
        return DerWriter.element(DerReader.GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aGeneralizedTimeMayHaveAFraction() {
        assertEquals(
                Instant.parse("2026-02-01T03:04:05Z"),
                reader(generalized("20260201030405Z")).generalizedTime());
        assertEquals(
                Instant.parse("2026-02-01T03:04:05.5Z"),
                reader(generalized("20260201030405.5Z")).generalizedTime());
        assertEquals(
                Instant.parse("2026-02-01T03:04:05.000000001Z"),
                reader(generalized("20260201030405.000000001Z")).generalizedTime());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20260201030405", "20260201030405.Z", "20260201030405.50Z", "20260201030405,5Z", "202602010304Z",
                "20260231030405Z", "20260201240000Z", "20260201030405.0000000001Z", "20260201030405+0000", ""
            })
    void aGeneralizedTimeHasOneForm(String text) {
        assertMalformed("as DER writes it", generalized(text), DerReader::generalizedTime);
    }
}
