// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

import static dev.chancery.tag.Sample.NAME;
import static dev.chancery.tag.Sample.PAYLOAD;
import static dev.chancery.tag.Sample.QA;
import static dev.chancery.tag.Sample.RELEASE;
import static dev.chancery.tag.Sample.bytes;
import static dev.chancery.tag.Sample.key;
import static dev.chancery.tag.Sample.signed;
import static dev.chancery.tag.Sample.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.FileVectors;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.key.SignatureValue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagFileTest {
    private static final String TEXT = "tag: " + NAME + "\njob: 42\n";

    private static SignatureBlock block(String authority, int bytes) {
        return SignatureBlock.of(new Authority(authority), SignatureValue.of(new byte[bytes]));
    }

    @Test
    void aFileIsAPayloadAndBlocks() {
        var file = TagFile.of(PAYLOAD).with(signed(PAYLOAD, key(QA))).with(signed(PAYLOAD, key(RELEASE)));
        assertEquals(List.of(QA, RELEASE), file.claimed());
        var lines = text(file.bytes()).lines().toList();
        assertEquals(List.of("tag: bundle-jira-1.0", "job: 42", "=== SIGNATURE qa"), lines.subList(0, 3));
        assertEquals(76, lines.get(3).length());
        assertEquals("=== SIGNATURE release", lines.get(5));
        var read = TagFile.parse(file.bytes());
        assertEquals(file.bytes(), read.bytes());
        assertEquals(file.claimed(), read.claimed());
        assertEquals(PAYLOAD.bytes(), read.payload().bytes());
    }

    @Test
    void aFileMayHaveNoSignatures() {
        var file = TagFile.parse(bytes(TEXT));
        assertEquals(List.of(), file.claimed());
        assertEquals(bytes(TEXT), file.bytes());
    }

    @Test
    void aSignatureComesToTheEndOrIntoItsOwnPlace() {
        var first = TagFile.of(PAYLOAD).with(signed(PAYLOAD, key(QA))).with(signed(PAYLOAD, key(RELEASE)));
        var again = signed(PAYLOAD, key(QA));
        var second = first.with(again);
        assertEquals(List.of(QA, RELEASE), second.claimed());
        String release = text(first.bytes()).substring(text(first.bytes()).indexOf("=== SIGNATURE release"));
        assertEquals(text(PAYLOAD.bytes()) + text(again.bytes()) + release, text(second.bytes()));
    }

    /// base64(1) of other systems writes lines of other lengths. They are not written anew.
    @Test
    void othersBlocksStayByteForByte() {
        String whole = "QUJD".repeat(96);
        String file = TEXT + "=== SIGNATURE macos\n" + whole + "\n=== SIGNATURE openssl\n"
                + whole.replaceAll("(.{64})", "$1\n") + "=== SIGNATURE short\nQUJD\nQU\nJD\n";
        var read = TagFile.parse(bytes(file));
        assertEquals(bytes(file), read.bytes());
        assertEquals(288, read.blocks().getFirst().value().bytes().length());
        assertEquals(
                read.blocks().get(0).value().bytes(),
                read.blocks().get(1).value().bytes());
        var joined = text(read.with(signed(PAYLOAD, key(QA))).bytes());
        assertTrue(joined.startsWith(file + "=== SIGNATURE qa\n"), joined);
    }

    @Test
    void aFileWithOneFaultIsMalformed() {
        FileVectors.judge("tag/malformed", file -> TagFile.parse(file).claimed().toString());
    }

    @Test
    void aFileHasAtMost100Blocks() {
        String most = TEXT
                + IntStream.range(0, TagFile.BLOCKS_MAX)
                        .mapToObj(i -> text(block("a" + i, 8).bytes()))
                        .collect(Collectors.joining());
        var file = TagFile.parse(bytes(most));
        assertEquals(TagFile.BLOCKS_MAX, file.claimed().size());
        String more = most + text(block("b", 8).bytes());
        assertThrows(MalformedException.class, () -> TagFile.parse(bytes(more)));
        var signature = signed(PAYLOAD, key(QA));
        assertThrows(MalformedException.class, () -> file.with(signature));
    }

    @Test
    void aValueHasAtMost1024Bytes() {
        assertEquals(
                1,
                TagFile.parse(bytes(TEXT + text(block("qa", 1024).bytes())))
                        .claimed()
                        .size());
        assertThrows(
                MalformedException.class,
                () -> TagFile.parse(bytes(TEXT + text(block("qa", 1025).bytes()))));
    }

    @Test
    void aBlockHasAtMost4Kibibytes() {
        String head = "=== SIGNATURE qa\n";
        var longest = head + "A\n".repeat(1364) + "AA==\n";
        assertEquals(List.of(QA), TagFile.parse(bytes(TEXT + longest)).claimed());
        var fault =
                assertThrows(MalformedException.class, () -> TagFile.parse(bytes(TEXT + head + "A\n".repeat(2048))));
        assertTrue(fault.sentence().contains("more than 4096"), fault.sentence());
    }

    @Test
    void aFileIsNotLargerThanItsParts() {
        var fault =
                assertThrows(MalformedException.class, () -> TagFile.parse(Bytes.of(new byte[TagFile.BYTES_MAX + 1])));
        assertTrue(fault.sentence().contains("tag has " + (TagFile.BYTES_MAX + 1)), fault.sentence());
        fault = assertThrows(MalformedException.class, () -> TagFile.parse(Bytes.of(new byte[TagFile.BYTES_MAX])));
        assertTrue(fault.sentence().contains("tag payload"), fault.sentence());
    }

    @Test
    void whatIsJoinedIsOneBlock() {
        var file = TagFile.of(PAYLOAD);
        var one = signed(PAYLOAD, key(QA));
        var two = new Signature(
                one.format(),
                one.encoding(),
                bytes(text(one.bytes()) + text(signed(PAYLOAD, key(RELEASE)).bytes())));
        assertThrows(MalformedException.class, () -> file.with(two));
        var none = new Signature(one.format(), one.encoding(), bytes(""));
        assertThrows(MalformedException.class, () -> file.with(none));
    }
}
