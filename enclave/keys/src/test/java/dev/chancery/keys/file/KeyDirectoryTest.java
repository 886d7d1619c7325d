// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.keys.handle.HandleDirectory;
import dev.chancery.keys.handle.NewFile;
import dev.chancery.keys.handle.SampleKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDirectoryTest {
    @TempDir
    Path parent = Path.of("");

    private Path directory = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void makeKey() throws IOException {
        directory = SampleKeys.privateDirectory(parent, "keys");
        Sample.keys(directory).create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM);
        try (var files = Files.list(directory)) {
            file = files.findFirst().orElseThrow();
        }
    }

    private static void chmod(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private String refusal() {
        var refused = assertThrows(RefusedException.class, () -> new KeyDirectory(directory).keys());
        assertEquals("key-permissions", refused.rule());
        return refused.sentence();
    }

    @Test
    void itMakesDirectoryAndFilesPrivate() throws IOException {
        Path made = parent.resolve("made");
        KeyDirectory.make(made);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertThrows(UnavailableException.class, () -> KeyDirectory.make(made));
        assertEquals(1, new KeyDirectory(directory).keys().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwx--x---", "rwx-----x", "r-x------"})
    void anotherModeOfTheDirectoryIsRefused(String mode) throws IOException {
        chmod(directory, mode);
        assertTrue(refusal().contains("chmod 700 \"" + directory + "\""));
        chmod(directory, "rwx------");
        assertEquals(1, new KeyDirectory(directory).keys().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw--w----", "rw-----w-", "rwx------"})
    void anotherModeOfAFileIsRefused(String mode) throws IOException {
        chmod(file, mode);
        assertTrue(refusal().contains("chmod 600 \"" + file + "\""));
        chmod(file, "r--------");
        assertEquals(1, new KeyDirectory(directory).keys().size());
    }

    @Test
    void anotherOwnerIsRefused() throws IOException {
        assumeTrue(new UnixSystem().getUid() == 0, "skipped: only root can give files away");
        Files.setAttribute(file, "unix:uid", 65_534);
        assertTrue(refusal().contains("belongs to user 65534"));
        Files.setAttribute(file, "unix:uid", 0);
        Files.setAttribute(directory, "unix:uid", 65_534);
        assertTrue(refusal().contains("belongs to user 65534"));
    }

    @Test
    void aSymbolicLinkIsRefused() throws IOException {
        Path elsewhere = parent.resolve("elsewhere.json");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere);
        assertTrue(refusal().contains("not a regular file"));
    }

    @Test
    void aFifoIsRefusedAndDoesNotBlock() throws Exception {
        Files.delete(file);
        assertEquals("0 ", SampleKeys.run(parent, "mkfifo", "-m", "600", file.toString()));
        assertTrue(refusal().contains("not a regular file"));
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws IOException {
        directory = file;
        assertTrue(refusal().contains("not a directory"));
    }

    @Test
    void noDirectoryIsUnavailable() {
        var absent = assertThrows(UnavailableException.class, () -> new KeyDirectory(parent.resolve("absent")).keys());
        assertTrue(absent.sentence().endsWith("there is none"));
    }

    @Test
    void aKeyUnderAnotherNameIsMalformed() throws IOException {
        for (String name : new String[] {"qa.raw.0123456789abcdef.json", "release.raw.json", "x.json"}) {
            Path moved = directory.resolve(name);
            Files.move(file, moved);
            var malformed = assertThrows(MalformedException.class, () -> new KeyDirectory(directory).keys());
            assertTrue(malformed.sentence().contains("belongs into"));
            Files.move(moved, file);
        }
    }

    @Test
    void otherFilesAreNotLookedAt() throws IOException {
        Files.writeString(directory.resolve("README"), "not a key");
        Files.writeString(directory.resolve(".chancery-0123456789abcdef.tmp"), "half a");
        Files.writeString(directory.resolve(".hidden.json"), "half a");
        assertEquals(1, new KeyDirectory(directory).keys().size());
    }

    @Test
    void abandonedTemporaryFilesAreRemovedByTheNextWriteWhenTheyAreOld() throws IOException {
        Path young = directory.resolve(".chancery-0000000000000001.tmp");
        Path old = directory.resolve(".chancery-0000000000000002.tmp");
        Files.writeString(young, "half a");
        Files.writeString(old, "half a");
        var now = Files.getLastModifiedTime(young).toInstant();
        var before = now.minus(NewFile.ABANDONED_AFTER).minusSeconds(60);
        Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.from(before));
        Sample.keys(directory).create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM);
        assertTrue(Files.exists(young));
        assertTrue(Files.notExists(old, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void theNumberOfKeysHasItsLimit() throws IOException {
        for (int i = 1; i < HandleDirectory.KEYS_MAX; i++) {
            Files.createLink(directory.resolve("%04d.json".formatted(i)), file);
        }
        // A thousand files are read, and found wrong one by one; one more is not even read.
        assertTrue(assertThrows(MalformedException.class, () -> new KeyDirectory(directory).keys())
                .sentence()
                .contains("belongs into"));
        Files.createLink(directory.resolve("one-more.json"), file);
        assertTrue(assertThrows(MalformedException.class, () -> new KeyDirectory(directory).keys())
                .sentence()
                .contains("more than 1000"));
    }

    @Test
    void aMalformedFileIsNamed() throws IOException {
        Files.writeString(file, "{}");
        assertTrue(assertThrows(MalformedException.class, () -> new KeyDirectory(directory).keys())
                .sentence()
                .contains(file.toString()));
    }

    private static CertificateChain chain(int... octets) {
        return new CertificateChain(Arrays.stream(octets)
                .mapToObj(octet -> Bytes.of(new byte[] {(byte) octet}))
                .toList());
    }

    @Test
    void certificatesLieBesideTheKeyAndMayBeReplaced() throws IOException {
        var keys = Sample.keys(directory);
        var key = keys.open(keys.keys().getFirst().id());
        assertEquals(Optional.empty(), key.certificates());
        var certified = keys.certify(key, chain(1), SampleKeys.RANDOM);
        assertEquals(Optional.of(chain(1)), certified.certificates());
        assertEquals(Optional.of(chain(1)), keys.open(key.key().id()).certificates());
        keys.certify(key, chain(2, 3), SampleKeys.RANDOM);
        assertEquals(Optional.of(chain(2, 3)), new KeyDirectory(directory).certificates(key.key()));
        assertEquals(1, keys.keys().size());
        Path certificates = Path.of(file.toString().replace(".json", ".certificates.pem"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(certificates)));
        chmod(certificates, "rw-r--r--");
        var refused =
                assertThrows(RefusedException.class, () -> keys.open(key.key().id()));
        assertEquals("key-permissions", refused.rule());
        chmod(certificates, "rw-------");
        Files.writeString(certificates, "nothing");
        var fault =
                assertThrows(MalformedException.class, () -> keys.open(key.key().id()));
        assertTrue(fault.sentence().startsWith("certificate file"), fault.sentence());
    }
}
