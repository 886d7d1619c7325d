// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.core.Encoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForgeryTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1_000})
    void aCopyDiffersInOneBit(int size) throws IOException {
        Path original = Files.write(directory.resolve("original"), new byte[size]);
        byte[] copy = Files.readAllBytes(Forgery.file(original, directory.resolve("copy")));
        assertEquals(Math.max(1, size), copy.length);
        int bits = 0;
        for (byte octet : copy) {
            bits += Integer.bitCount(octet & 0xFF);
        }
        assertEquals(1, bits);
        assertArrayEquals(new byte[size], Files.readAllBytes(original));
    }

    @Test
    void aFileThatMayNotBeWrittenIsCopiedAllTheSame() throws IOException {
        Path original = Files.writeString(directory.resolve("original"), "abc");
        original.toFile().setReadOnly();
        assertEquals("acc", Files.readString(Forgery.file(original, directory.resolve("copy"))));
    }

    @Test
    void theCheckSumOfAnArmoredBlockIsMadeAnew() {
        // The CRC-24 (RFC 9580, section 6.1.1) of 000000 and of 000001, computed by another program.
        String armored = "text\n-----BEGIN A-----\n\nAAAA\n=Je8i\n-----END A-----\n";
        byte[] forged = Forgery.signature(armored.getBytes(StandardCharsets.US_ASCII), Encoding.ARMOR);
        assertEquals(armored.replace("AAAA\n=Je8i", "AAAB\n=o6PZ"), new String(forged, StandardCharsets.US_ASCII));
    }

    @Test
    void aBlockWithoutACheckSumGetsNone() {
        String armored = "-----BEGIN A-----\n\nAAA=\n-----END A-----\n";
        byte[] forged = Forgery.signature(armored.getBytes(StandardCharsets.US_ASCII), Encoding.CLEARTEXT);
        assertEquals(armored.replace("AAA=", "AAE="), new String(forged, StandardCharsets.US_ASCII));
    }

    @Test
    void aBlockWithoutHeadersHasNoEmptyLine() {
        String armored = "-----BEGIN A-----\nAAAA\nAAA=\n-----END A-----\n";
        byte[] forged = Forgery.signature(armored.getBytes(StandardCharsets.US_ASCII), Encoding.ARMOR);
        assertEquals(armored.replace("AAAA\nAAA=", "AAAAAAE="), new String(forged, StandardCharsets.US_ASCII));
    }

    @Test
    void inADocumentTheLastLongBase64IsTheSignature() {
        String bundle = "{\"digest\":\"" + "B".repeat(68) + "\",\"signature\":\"" + "A".repeat(66) + "E=\"}";
        byte[] forged = Forgery.signature(bundle.getBytes(StandardCharsets.US_ASCII), Encoding.ARMOR);
        assertEquals(bundle.replace("E=", "A="), new String(forged, StandardCharsets.US_ASCII));
    }

    @Test
    void ofASignatureBehindACommentTheValueChanges() {
        String text = "untrusted comment: a\nAAA=\ntrusted comment: b\nAAAA\n";
        byte[] forged = Forgery.signature(text.getBytes(StandardCharsets.US_ASCII), Encoding.ARMOR);
        assertEquals(text.replace("AAA=", "AAE="), new String(forged, StandardCharsets.US_ASCII));
    }

    @Test
    void ofABinarySignatureTheLastBitChanges() {
        assertArrayEquals(new byte[] {1, 3}, Forgery.signature(new byte[] {1, 2}, Encoding.BINARY));
    }
}
