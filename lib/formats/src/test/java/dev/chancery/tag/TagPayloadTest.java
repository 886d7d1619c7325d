// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

import static dev.chancery.tag.Sample.NAME;
import static dev.chancery.tag.Sample.bytes;
import static dev.chancery.tag.Sample.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagPayloadTest {
    private static final String HEAD = "tag: " + NAME + "\n";

    private static void assertMalformed(String words, String payload) {
        var fault = assertThrows(MalformedException.class, () -> TagPayload.parse(bytes(payload)), payload);
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }

    @Test
    void aPayloadIsANameLineAndAText() {
        var payload = TagPayload.of(NAME, bytes("job: 42\n\n\tÄ \uD83D\uDE00\n"));
        assertEquals(HEAD + "job: 42\n\n\tÄ \uD83D\uDE00\n", text(payload.bytes()));
        var read = TagPayload.parse(payload.bytes());
        assertEquals(Optional.of(NAME), read.name());
        assertEquals("job: 42\n\n\tÄ \uD83D\uDE00\n", read.text());
        assertEquals(read, read.named(NAME));
    }

    /// What stags signs: read, with all of it as text, and never as any tag's.
    @Test
    void aPayloadMayLackItsName() {
        var payload = TagPayload.parse(bytes("hello\ntag: x\n"));
        assertEquals(Optional.empty(), payload.name());
        assertEquals("hello\ntag: x\n", payload.text());
        var fault = assertThrows(MalformedException.class, () -> payload.named(NAME));
        assertTrue(fault.sentence().contains("has no name line, \"tag: bundle-jira-1.0\""), fault.sentence());
    }

    @Test
    void theNameIsTheOneThatWasSigned() {
        var payload = TagPayload.of(NAME, bytes("x\n"));
        var fault = assertThrows(MalformedException.class, () -> payload.named(new TagName("bundle-jira-1.1")));
        assertTrue(fault.sentence().contains("is that of the tag \"bundle-jira-1.0\""), fault.sentence());
        assertMalformed("second name line", HEAD + "x\n" + HEAD);
        assertMalformed("second name line", HEAD + "tag:\n");
        for (String line : new String[] {"tag:", "tag:x", "tag: ", "tag:  x", "tag: x ", "tag: ../x", "tag: .x"}) {
            assertThrows(MalformedException.class, () -> TagPayload.parse(bytes(line + "\nx\n")), line);
        }
    }

    @Test
    void aPayloadSaysSomething() {
        assertMalformed("is empty", "");
        assertMalformed("nothing but white space", "\n");
        assertMalformed("nothing but white space", " \n\t\n");
        assertMalformed("no text behind its name line", HEAD);
        assertMalformed("no text behind its name line", HEAD + "\n \n");
    }

    @Test
    void aPayloadIsLinesOfText() {
        assertMalformed("does not end with a line feed", HEAD + "x");
        assertMalformed("U+000D", HEAD + "x\r\n");
        assertMalformed("U+0000", HEAD + "\0\n");
        assertMalformed("U+001B", HEAD + "\u001b[2J\n");
        assertMalformed("U+007F", HEAD + "\u007f\n");
        assertMalformed("U+0085", HEAD + "\u0085\n");
        assertMalformed("U+2028", HEAD + "x\u2028tag: y\n");
        assertMalformed("U+2029", HEAD + "\u2029\n");
        assertMalformed("U+202E", HEAD + "\u202e\n");
        assertMalformed("U+2066", HEAD + "\u2066\n");
        assertMalformed("U+061C", HEAD + "\u061c\n");
        assertMalformed("U+200F", HEAD + "\u200f\n");
        assertMalformed("U+FEFF", "\ufeff" + HEAD + "x\n");
        byte[] latin = {'t', (byte) 0xE4, '\n'};
        assertThrows(MalformedException.class, () -> TagPayload.parse(dev.chancery.core.Bytes.of(latin)));
    }

    /// No reader, however lenient, cuts where another does not.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=== SIGNATURE",
                "=== SIGNATURE qa",
                "=== SIGNATUREs are below",
                " === SIGNATURE qa",
                "\t=== SIGNATURE qa",
                "\u00a0=== SIGNATURE qa",
                "\u200b=== SIGNATURE qa",
                "\u3000===\u2003SIGNATURE qa",
                "===SIGNATURE qa",
                "===  signature qa",
                "=\u200b== Signature qa",
            })
    void noLineResemblesTheHeadOfASignature(String line) {
        assertMalformed("resembles the head of a signature", HEAD + line + "\n");
        assertMalformed("resembles the head of a signature", HEAD + "x\n" + line + "\nx\n");
        assertMalformed("resembles the head of a signature", line + "\nx\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x === SIGNATURE qa", "== SIGNATURE", "=== SIGN", "=== results ===", "---"})
    void otherLinesAreText(String line) {
        assertEquals(line + "\n", TagPayload.parse(bytes(HEAD + line + "\n")).text());
    }

    @Test
    void aPayloadHasAtMost64Kibibytes() {
        String rest = "x".repeat(TagPayload.BYTES_MAX - HEAD.length() - 1) + "\n";
        assertEquals(
                TagPayload.BYTES_MAX, TagPayload.of(NAME, bytes(rest)).bytes().length());
        assertMalformed("has 65537 bytes, more than 65536", HEAD + "x" + rest);
    }

    @Test
    void aPayloadHasAtMost2000Lines() {
        String rest = "x\n".repeat(TagPayload.LINES_MAX - 1);
        assertEquals(rest, TagPayload.parse(bytes(HEAD + rest)).text());
        assertMalformed("has 2001 lines, more than 2000", HEAD + rest + "x\n");
    }

    @Test
    void aNameIsAWordAndNoPath() {
        for (String name : new String[] {"a", "A_9", "_", "9.", "bundle-jira-1.0", "a..b", "x".repeat(128)}) {
            assertEquals(name, new TagName(name).text());
        }
        for (String name :
                new String[] {"", ".", "..", ".a", "-a", "a/b", "../a", "a b", "a\n", "ä", "a\0", "x".repeat(129)}) {
            assertThrows(MalformedException.class, () -> new TagName(name), name);
        }
    }
}
