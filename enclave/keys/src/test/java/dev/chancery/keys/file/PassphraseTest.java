// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.keys.handle.SampleKeys;
import dev.chancery.keys.handle.SecretSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassphraseTest {
    @TempDir
    Path directory = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void makeFile() throws IOException {
        file = directory.resolve("passphrase");
        Files.createFile(file);
        chmod("rw-------");
    }

    private void chmod(String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private Passphrase fromFile(String content) throws IOException {
        Files.writeString(file, content);
        return Passphrase.read(new SecretSource.OfFile(file));
    }

    private static void assertIs(String expected, Passphrase passphrase) {
        assertArrayEquals(expected.getBytes(StandardCharsets.UTF_8), passphrase.exposed());
    }

    @Test
    void oneLineFeedAtTheEndDoesNotBelongToIt() throws IOException {
        assertIs("correct horse", fromFile("correct horse\n"));
        assertIs("correct horse", fromFile("correct horse"));
        assertIs(" pâte ", fromFile(" pâte \n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "two\nlines", "two\n\n", "dos\r\n", "nul\0", "tab\t", "del\u007f"})
    void whatOtherProgramsWouldReadOtherwiseIsMalformed(String content) {
        assertThrows(MalformedException.class, () -> fromFile(content));
    }

    @Test
    void lengthHasItsLimits() throws IOException {
        String longest = "x".repeat(Passphrase.BYTES_MAX);
        assertIs("x", fromFile("x"));
        assertIs(longest, fromFile(longest));
        assertIs(longest, fromFile(longest + "\n"));
        assertThrows(MalformedException.class, () -> fromFile(longest + "x"));
        assertThrows(MalformedException.class, () -> fromFile(longest + "x\n"));
        assertThrows(MalformedException.class, () -> fromFile("x".repeat(1 << 20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "r--r--r--", "rwx------"})
    void aFileThatOthersCanReadIsRefused(String mode) throws IOException {
        chmod(mode);
        var refused = assertThrows(RefusedException.class, () -> fromFile("x"));
        assertEquals("key-permissions", refused.rule());
        assertTrue(refused.sentence().contains("chmod 600"));
    }

    @Test
    void aFileThatOnlyItsOwnerCanReadIsTaken() throws IOException {
        Files.writeString(file, "x");
        chmod("r--------");
        assertIs("x", Passphrase.read(new SecretSource.OfFile(file)));
    }

    @Test
    void aLinkIsRefusedAndAnAbsentFileUnavailable() throws IOException {
        Path link = directory.resolve("link");
        Files.createSymbolicLink(link, file);
        assertThrows(RefusedException.class, () -> Passphrase.read(new SecretSource.OfFile(link)));
        var absent = new SecretSource.OfFile(directory.resolve("absent"));
        assertThrows(UnavailableException.class, () -> Passphrase.read(absent));
    }

    @Test
    void anInheritedDescriptorIsRead() throws IOException {
        Files.writeString(file, "from a descriptor\n");
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            // The file may be gone by then; the descriptor still leads to it.
            Files.delete(file);
            assertIs("from a descriptor", Passphrase.read(new SecretSource.OfDescriptor(descriptor(file))));
            assertTrue(open.getFD().valid());
        }
    }

    private static int descriptor(Path file) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().startsWith(file.toString())) {
                    return Integer.parseInt(descriptor.getFileName().toString());
                }
            }
        }
        throw new AssertionError("no descriptor");
    }

    @Test
    void standardStreamsAndWildNumbersAreNoDescriptors() {
        for (int number : new int[] {-1, 0, 1, 2, (1 << 20) + 1, Integer.MAX_VALUE}) {
            assertThrows(MalformedException.class, () -> Passphrase.read(new SecretSource.OfDescriptor(number)));
        }
        for (int number : new int[] {1 << 20}) {
            assertThrows(UnavailableException.class, () -> Passphrase.read(new SecretSource.OfDescriptor(number)));
        }
    }

    @Test
    void aCredentialIsReadWhateverItsMode() throws IOException {
        Files.writeString(file, "from systemd\n");
        chmod("r--r-----");
        assertIs("from systemd", Passphrase.read(new SecretSource.OfCredential(directory, "passphrase")));
        for (String name : List.of("", ".", "..", "../passphrase", "a b", "x".repeat(256))) {
            var source = new SecretSource.OfCredential(directory, name);
            assertThrows(MalformedException.class, () -> Passphrase.read(source));
        }
    }

    private static SecretSource.OfPrompt prompt(boolean making, String... answers) {
        var queue = new ArrayDeque<>(List.of(answers));
        return new SecretSource.OfPrompt(
                question -> Optional.ofNullable(queue.poll()).map(String::toCharArray), making);
    }

    @Test
    void aPersonIsAskedOnceToOpenAndTwiceToMake() {
        assertIs("pâte 🔑", Passphrase.read(prompt(false, "pâte 🔑")));
        assertIs("same", Passphrase.read(prompt(true, "same", "same")));
        assertThrows(MalformedException.class, () -> Passphrase.read(prompt(true, "same", "other")));
        assertThrows(MalformedException.class, () -> Passphrase.read(prompt(false, "")));
        assertThrows(MalformedException.class, () -> Passphrase.read(prompt(false, "\ud83d")));
        assertThrows(RefusedException.class, () -> Passphrase.read(prompt(false)));
        assertThrows(RefusedException.class, () -> Passphrase.read(prompt(true, "same")));
    }

    @Test
    void aGeneratedPassphraseIsKnownByItsForm() throws IOException {
        Files.delete(file);
        var made = Passphrase.generateInto(file, SampleKeys.RANDOM);
        var read = Passphrase.read(new SecretSource.OfFile(file));
        assertArrayEquals(made.exposed(), read.exposed());
        assertTrue(read.isGenerated());
        assertThrows(RefusedException.class, () -> Passphrase.generateInto(file, SampleKeys.RANDOM));
        var other = Passphrase.generateInto(directory.resolve("other"), SampleKeys.RANDOM);
        assertNotEquals(Arrays.toString(made.exposed()), Arrays.toString(other.exposed()));
        for (String near : List.of(
                Sample.GENERATED.substring(1),
                Sample.GENERATED + "A",
                Sample.GENERATED.replace("-1-", "-2-"),
                Sample.GENERATED.replace("AA", "A+"),
                Sample.GENERATED.substring(0, Sample.GENERATED.length() - 1))) {
            assertFalse(Sample.passphrase(near).isGenerated());
        }
    }
}
