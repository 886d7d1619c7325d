// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.Salt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLineTest {
    private static final AuditLine FIRST = new AuditLine(1, Lines.NOW, Lines.granted("app.jar"), AuditLine.NONE);

    /// The table of the package comment, field by field.
    @Test
    void aLineIsWrittenInOneSpelling() {
        String digest = Lines.DIGEST.hex();
        assertEquals(
                "{\"sequence\":1,\"time\":\"2026-01-02T03:04:05Z\",\"event\":\"signing\",\"requester\":\"local:alice\","
                        + "\"authority\":\"qa\",\"format\":\"raw\",\"encoding\":\"binary\",\"artifact\":\"app.jar\","
                        + "\"size\":7,\"digests\":{\"sha256\":\"" + digest + "\"},\"claimed\":{},"
                        + "\"verdict\":\"granted\",\"key\":\"" + Lines.KEY.hex() + "\",\"signature\":\"" + digest
                        + "\",\"previous\":\"" + "0".repeat(64) + "\"}",
                Lines.text(FIRST.write()));
    }

    @Test
    void aSaltStandsWithTheDigestOfBoth() {
        var plain = Lines.granted("app.jar");
        var asked = plain.asked();
        var salted = new Decision.Content(
                asked.content().name(),
                asked.content().size(),
                Map.of(),
                asked.content().digests(),
                Optional.of(new Decision.Salted(Salt.parse("ab".repeat(16)), Lines.DIGEST)));
        var decision = new Decision(
                plain.requester(),
                plain.voucher(),
                new Decision.Asked(asked.authority(), asked.format(), asked.encoding(), salted),
                plain.answer());
        var line = new AuditLine(1, Lines.NOW, decision, AuditLine.NONE);
        String text = Lines.text(line.write());
        String there = ",\"salted\":{\"salt\":\"" + "ab".repeat(16) + "\",\"sha256\":\"" + Lines.DIGEST.hex()
                + "\"},\"verdict\":";
        assertTrue(text.contains(there), text);
        assertEquals(line, AuditLine.read(line.write()));
        for (String wrong : List.of("{}", "{\"salt\":\"ab\"}", "{\"sha256\":\"" + Lines.DIGEST.hex() + "\"}")) {
            String changed = text.replaceAll("\"salted\":\\{[^}]*}", "\"salted\":" + wrong);
            var bytes = Bytes.of(changed.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThrows(MalformedException.class, () -> AuditLine.read(bytes), wrong);
        }
    }

    @Test
    void aSizeThatNobodySaidIsNotInTheLine() {
        var plain = Lines.granted("transit");
        var asked = plain.asked();
        var content = new Decision.Content(
                asked.content().name(), OptionalLong.empty(), asked.content().digests(), Map.of(), Optional.empty());
        var decision = new Decision(
                plain.requester(),
                plain.voucher(),
                new Decision.Asked(asked.authority(), asked.format(), asked.encoding(), content),
                plain.answer());
        var line = new AuditLine(1, Lines.NOW, decision, AuditLine.NONE);
        String text = Lines.text(line.write());
        assertTrue(text.contains("\"artifact\":\"transit\",\"digests\":"), text);
        assertEquals(line, AuditLine.read(line.write()));
    }

    /// Of a bundle the line has the signature in it, too; lines of before, which have not, are read as they
    /// were.
    @Test
    void theSignatureInABundleStandsInTheLine() {
        var granted = new Decision.Answer.Granted(Lines.KEY, Lines.DIGEST, Optional.of(Lines.DIGEST));
        var line = new AuditLine(1, Lines.NOW, Lines.decision("a.json", granted), AuditLine.NONE);
        String there = ",\"signature\":\"%1$s\",\"value\":\"%1$s\",\"previous\":".formatted(Lines.DIGEST.hex());
        assertTrue(Lines.text(line.write()).contains(there), Lines.text(line.write()));
        assertEquals(line, AuditLine.read(line.write()));
    }

    @Test
    void whatIsWrittenIsRead() {
        var answers = List.of(
                new Decision.Answer.Granted(Lines.KEY, Lines.DIGEST),
                new Decision.Answer.Refused("no-signing-rule", "no \"rule\"\\"),
                new Decision.Answer.Malformed("so ist es nicht: \u00fc\ud83d\ude00"),
                new Decision.Answer.Unavailable(""));
        for (var answer : answers) {
            var line = new AuditLine(7, Lines.NOW, Lines.decision("a b", answer), Lines.DIGEST);
            assertEquals(line, AuditLine.read(line.write()));
        }
        var recovery = new AuditLine(2, Lines.NOW, new Recovery(17), Lines.DIGEST);
        assertEquals(recovery, AuditLine.read(recovery.write()));
    }

    /// A name or a reason is one value in one line, whatever is in it.
    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb", "a\rb", "a\u0000b", "\u202egnp.exe", "a\u2028b", "\u001b[2Jb", "a\u0085b", "\u200b"})
    void nothingInALineBreaksIt(String reason) {
        var line =
                new AuditLine(1, Lines.NOW, Lines.decision("a", new Decision.Answer.Malformed(reason)), AuditLine.NONE);
        var bytes = line.write().toArray();
        for (byte octet : bytes) {
            assertTrue(octet >= ' ' && octet < 0x7f, "octet " + octet);
        }
        assertEquals(line, AuditLine.read(line.write()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "sequence":1     | "sequence": 1
            "sequence":1     | "sequence":0
            "sequence":1     | "sequence":01
            "sequence":1,    |
            03:04:05Z        | 03:04:05.000Z
            03:04:05Z        | 03:04:05+00:00
            2026-01-02       | 2026-13-02
            signing          | sighing
            signing          | recovery
            "size":7         | "size":-1
            "size":7         | "size":7,"more":1
            granted          | refused
            granted          | Granted
            app.jar          | app\\u002ejar
            app.jar          | a/b
            "claimed":{}     | "claimed":{"md5":"00"}
            "claimed":{},    |
            0000"}           | 000"}
            0000"}           | 0000"}}
            """)
    void whatIsNotWrittenSoIsMalformed(String from, String to) {
        String line = Lines.text(FIRST.write());
        String changed = line.replace(from, to == null ? "" : to);
        assertTrue(!changed.equals(line), from);
        assertThrows(MalformedException.class, () -> AuditLine.read(Lines.bytes(changed)));
    }

    @Test
    void aLineHasALimit() {
        String line = Lines.text(FIRST.write());
        var longest = Lines.bytes(line.replace("app.jar", "a".repeat(AuditLine.BYTES_MAX)));
        var fault = assertThrows(MalformedException.class, () -> AuditLine.read(longest));
        assertTrue(fault.sentence().contains("more than 16384"), fault.sentence());
    }

    /// The longest that any request can bring fits.
    @Test
    void everyDecisionFitsIntoALine() {
        String reason = "\u202e".repeat(Decision.REASON_CHARACTERS_MAX);
        var answer = Decision.Answer.of(new RefusedException("signing-rule:" + "a".repeat(64), reason + "more"));
        var line = new AuditLine(1L << 53, Lines.NOW, Lines.decision("\u00fc".repeat(127), answer), Lines.DIGEST);
        assertEquals(line, AuditLine.read(line.write()));
        assertTrue(
                line.write().length() < AuditLine.BYTES_MAX / 2,
                "bytes: " + line.write().length());
    }

    @Test
    void aReasonIsCutAtItsLimitAndNeverWithinACharacter() {
        assertEquals(new Decision.Answer.Malformed("x".repeat(1_000)), malformed("x".repeat(1_000)));
        assertEquals(new Decision.Answer.Malformed("x".repeat(1_000)), malformed("x".repeat(1_001)));
        assertEquals(new Decision.Answer.Malformed("x".repeat(999)), malformed("x".repeat(999) + "\ud83d\ude00"));
    }

    private static Decision.Answer malformed(String reason) {
        return Decision.Answer.of(new MalformedException(reason));
    }

    @Test
    void eachErrorHasItsVerdict() {
        assertEquals(
                new Decision.Answer.Refused("no-key", "no"), Decision.Answer.of(new RefusedException("no-key", "no")));
        assertEquals(new Decision.Answer.Unavailable("gone"), Decision.Answer.of(new UnavailableException("gone")));
    }
}
