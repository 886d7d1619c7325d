// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.enclave.audit.Decision;
import dev.chancery.hashing.Salt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamDoorTest {
    @TempDir
    private Path directory;

    private Premises premises;

    @BeforeEach
    void open() throws IOException {
        premises = Premises.in(directory);
    }

    @AfterEach
    void close() throws IOException {
        premises.close();
    }

    /// As `nc -NU` does it.
    private byte[] stream(String door, String content) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(premises.socket(door)));
            for (var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)); bytes.hasRemaining(); ) {
                channel.write(bytes);
            }
            channel.shutdownOutput();
            return readAll(channel);
        }
    }

    /// A door that does not read all of a stream answers, and then the connection is reset.
    private static byte[] readAll(SocketChannel channel) {
        var answer = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(4096);
        try {
            while (channel.read(buffer.clear()) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
            }
        } catch (IOException reset) {
            // What came before it is the answer.
        }
        return answer.toByteArray();
    }

    private boolean isGood(FormatName format, Encoding encoding, byte[] signature) {
        var content = premises.measured(format, "hello\n");
        return Premises.format(format)
                .verifying()
                .isBy(premises.key(format), new Signature(format, encoding, Bytes.of(signature)), content);
    }

    private String artifact() throws IOException {
        var decision =
                assertInstanceOf(Decision.class, premises.records().getLast().event());
        return decision.asked().content().name().text();
    }

    @Test
    void aPlainStreamGetsItsSignatureAndNothingElse() throws IOException {
        assertTrue(isGood(Premises.OPENPGP, Encoding.BINARY, stream("plain", "hello\n")));
        assertEquals("stream", artifact());
    }

    /// The enclave draws the salt itself, before it reads.
    @Test
    void aStreamIsSaltedByTheEnclave() throws IOException {
        var format = Premises.OPENPGP6;
        byte[] signature = stream("salted", "hello\n");
        int lengthAt = signature.length - 64 - 33;
        assertEquals(32, signature[lengthAt]);
        var salt = new Salt(Bytes.of(Arrays.copyOfRange(signature, lengthAt + 1, lengthAt + 33)));
        assertTrue(Premises.format(format)
                .verifying()
                .isBy(
                        premises.key(format),
                        new Signature(format, Encoding.BINARY, Bytes.of(signature)),
                        premises.measured(format, salt, "hello\n")));
        assertEquals(0, stream("salted", "x".repeat(1001)).length);
    }

    @Test
    void aPlainStreamThatIsNotSignedGetsNothing() throws IOException {
        assertEquals(0, stream("plain", "x".repeat(1001)).length);
        assertEquals(1, premises.records().size());
        assertEquals(0, stream("plain", "").length);
    }

    private byte[] relayed(String greeting, String line, String artifact) throws IOException {
        byte[] answer = stream("relay", greeting + "\nhello\n");
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        assertEquals(line.formatted(answer.length - end - 1), text.substring(0, end));
        assertEquals(artifact, artifact());
        return text.substring(end + 1).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aRelayedStreamIsToldHowItWent() throws IOException {
        byte[] signature = relayed("chancery-relay 1", "signed %d", "nameless.txt");
        assertTrue(isGood(Premises.MINISIGN, Encoding.ARMOR, signature));
        byte[] umlaut = relayed("chancery-relay 1 ü.txt", "signed %d", "ü.txt");
        assertTrue(isGood(Premises.MINISIGN, Encoding.ARMOR, umlaut));
        relayed(
                "chancery-relay 1 a.exe",
                "refused signing rule me does not permit it: "
                        + "artifact name \"a.exe\" matches none of \"*.txt\", \"stream\"",
                "a.exe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello\n",
                "chancery-relay 1",
                "chancery-relay 2\nhello",
                "chancery-relay 1x\nhello",
                "chancery-relay 1 \nhello",
                "chancery-relay 1 a/b.txt\nhello",
                "chancery-relay 1 ..\nhello",
                "chancery-relay 1 a\u202e.txt\nhello",
                "chancery-relay 1 a\0.txt\nhello",
                "chancery-relay 1 a.txt\n",
            })
    void whatIsNoRelaysStreamIsMalformed(String stream) throws IOException {
        String answer = new String(stream("relay", stream), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("malformed ") && answer.indexOf('\n') == answer.length() - 1, answer);
        assertEquals(0, premises.records().size());
    }

    @Test
    void aNameOfTheGreatestLengthIsTakenAndALongerOneIsNot() throws IOException {
        String most = "n".repeat(251) + ".txt";
        relayed("chancery-relay 1 " + most, "signed %d", most);
        String answer = new String(stream("relay", "chancery-relay 1 n" + most + "\nhello"), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("malformed "), answer);
    }

    /// Who goes away in the middle gets nothing, and nobody waits for him.
    @Test
    void aSenderThatVanishesLeavesNothingBehind() throws IOException {
        for (int i = 0; i < 200; i++) {
            try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(premises.socket("plain")));
                channel.write(ByteBuffer.wrap(new byte[100]));
            }
        }
        assertTrue(isGood(Premises.OPENPGP, Encoding.BINARY, stream("plain", "hello\n")));
    }
}
