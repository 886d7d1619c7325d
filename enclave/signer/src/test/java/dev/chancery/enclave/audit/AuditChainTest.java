// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditChainTest {
    private static final List<Bytes> CHAIN = Lines.chain(9);

    private static AuditChain read(byte[] file) throws IOException {
        var chain = new AuditChain();
        chain.readAll(new ByteArrayInputStream(file), line -> {});
        return chain;
    }

    private static void assertBroken(String words, List<Bytes> lines) {
        assertBroken(words, Lines.file(lines));
    }

    private static void assertBroken(String words, byte[] file) {
        var fault = assertThrows(MalformedException.class, () -> read(file));
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }

    @Test
    void aWholeChainHasAHead() throws IOException {
        var chain = read(Lines.file(CHAIN));
        assertEquals(9, chain.lines());
        assertEquals(1, chain.first());
        assertEquals(Optional.of(new AuditChain.Head(9, AuditLine.hash(CHAIN.getLast()))), chain.head());
        assertEquals(Optional.empty(), read(new byte[0]).head());
    }

    @Test
    void anExcerptIsAChain() throws IOException {
        var chain = read(Lines.file(CHAIN.subList(3, 7)));
        assertEquals(4, chain.first());
        assertEquals(7, chain.head().orElseThrow().sequence());
    }

    /// Wherever it is. In the last line it may need the head, which is another one then.
    @Test
    void aFlippedBitIsFound() throws IOException {
        byte[] file = Lines.file(CHAIN.subList(0, 3));
        var head = read(file).head();
        for (int i = 0; i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] ^= (byte) (1 << (i % 8));
            try {
                assertTrue(!read(changed).head().equals(head), "octet " + i);
            } catch (MalformedException found) {
                assertTrue(found.sentence().startsWith("line "), found.sentence());
            }
        }
    }

    @Test
    void aChangedLineIsFoundAtTheNext() {
        var lines = new ArrayList<>(CHAIN);
        lines.set(4, Lines.bytes(Lines.text(CHAIN.get(4)).replace("artifact-5", "artifact-6")));
        assertBroken("line 6 does not follow from line 5: one of the two was changed", lines);
    }

    @Test
    void aDroppedLineIsFound() {
        for (int i = 1; i < CHAIN.size() - 1; i++) {
            var lines = new ArrayList<>(CHAIN);
            lines.remove(i);
            assertBroken("line %d has sequence number %d, not %d".formatted(i + 1, i + 2, i + 1), lines);
        }
    }

    @Test
    void twoSwappedLinesAreFound() {
        for (int i = 0; i < CHAIN.size() - 1; i++) {
            var lines = new ArrayList<>(CHAIN);
            Collections.swap(lines, i, i + 1);
            assertBroken("out of order", lines);
        }
    }

    @Test
    void aDoubledLineIsFound() {
        var lines = new ArrayList<>(CHAIN);
        lines.add(3, lines.get(3));
        assertBroken("line 5 has sequence number 4, not 5", lines);
    }

    /// The tail of one chain behind the beginning of another, with the right numbers.
    @Test
    void twoChainsAreNotOne() {
        var first = new AuditLine(1, Lines.NOW, Lines.granted("other"), AuditLine.NONE).write();
        var lines = new ArrayList<>(CHAIN);
        lines.set(0, first);
        assertBroken("line 2 does not follow from line 1", lines);
    }

    @Test
    void theFirstLineHasNoneBeforeIt() {
        var second = new AuditLine(2, Lines.NOW, Lines.granted("a"), AuditLine.NONE).write();
        assertBroken("line 1 has sequence number 2, which does not fit", List.of(second));
        var first = new AuditLine(1, Lines.NOW, Lines.granted("a"), Lines.DIGEST).write();
        assertBroken("line 1 has sequence number 1, which does not fit", List.of(first));
    }

    @Test
    void aLineIsFinishedAndShort() {
        byte[] file = Lines.file(CHAIN);
        assertBroken("line 9 is not finished", Arrays.copyOf(file, file.length - 1));
        byte[] endless = new byte[AuditLine.BYTES_MAX + 1];
        assertBroken("line 1 has more than 16384 bytes", endless);
        assertBroken("line 10 ", join(file, "\n"));
        assertBroken("line 10 ", join(file, "no line\n"));
    }

    private static byte[] join(byte[] file, String more) {
        var joined = Arrays.copyOf(file, file.length + more.length());
        System.arraycopy(more.getBytes(StandardCharsets.US_ASCII), 0, joined, file.length, more.length());
        return joined;
    }
}
