// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.keys.handle.NewFile;
import dev.chancery.keys.handle.SampleKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
    @TempDir
    Path directory = Path.of("");

    private static long files(Path directory) throws IOException {
        try (var list = Files.list(directory)) {
            return list.count();
        }
    }

    @Test
    void aFileThatIsThereStaysAsItIs() throws IOException {
        Path target = directory.resolve("file");
        NewFile.write(target, new byte[] {1}, SampleKeys.RANDOM);
        var refused =
                assertThrows(RefusedException.class, () -> NewFile.write(target, new byte[] {2, 2}, SampleKeys.RANDOM));
        assertEquals("file-exists", refused.rule());
        assertEquals(1, Files.size(target));
        assertEquals(1, files(directory));
    }

    @Test
    void aDanglingLinkIsNotFollowed() throws IOException {
        Path target = directory.resolve("file");
        Files.createSymbolicLink(target, directory.resolve("elsewhere"));
        assertThrows(RefusedException.class, () -> NewFile.write(target, new byte[] {1}, SampleKeys.RANDOM));
        assertEquals(1, files(directory));
    }

    @Test
    void ofManyWritersOneWins() throws Exception {
        Path target = directory.resolve("file");
        Callable<Integer> writer = () -> {
            try {
                NewFile.write(target, new byte[100_000], SampleKeys.RANDOM);
                return 1;
            } catch (RefusedException e) {
                return 0;
            }
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            int winners = 0;
            for (var result : threads.invokeAll(
                    IntStream.range(0, 20).mapToObj(i -> writer).toList())) {
                winners += result.get();
            }
            assertEquals(1, winners);
        }
        assertEquals(100_000, Files.size(target));
        assertEquals(1, files(directory));
    }

    @Test
    void anUnwritableDirectoryIsUnavailable() {
        // Root may write everywhere but there.
        Path unwritable = Path.of("/proc/sys/kernel");
        Path target = unwritable.resolve("chancery-test");
        assumeTrue(Files.isDirectory(unwritable), "skipped: no /proc");
        var unavailable = assertThrows(
                UnavailableException.class, () -> NewFile.write(target, new byte[] {1}, SampleKeys.RANDOM));
        assertTrue(unavailable.sentence().startsWith("file \"/proc/sys/kernel/chancery-test\" could not be written: "));
    }

    @Test
    void anAbsentDirectoryIsUnavailable() {
        var unavailable = assertThrows(
                UnavailableException.class,
                () -> NewFile.write(directory.resolve("absent/file"), new byte[] {1}, SampleKeys.RANDOM));
        assertTrue(unavailable.sentence().endsWith("could not be written: there is none"));
    }

    @Test
    void aFullDiskIsUnavailableAndLeavesNothing() throws Exception {
        assumeTrue(new UnixSystem().getUid() == 0, "skipped: only root can mount a small disk");
        Path disk = SampleKeys.privateDirectory(directory, "disk");
        String mounted =
                SampleKeys.run(directory, "mount", "-t", "tmpfs", "-o", "size=32k,mode=700", "tmpfs", disk.toString());
        assumeTrue(mounted.startsWith("0 "), "skipped: no mount here: " + mounted);
        try {
            Files.write(disk.resolve("ballast"), new byte[24 << 10]);
            var keys = Sample.keys(disk);
            assertFull(assertThrows(UnavailableException.class, () -> {
                for (int i = 0; i < 20; i++) {
                    keys.create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM);
                }
            }));
            long left = files(disk);
            assertEquals(left - 1, new KeyDirectory(disk).keys().size());
            assertFull(assertThrows(
                    UnavailableException.class,
                    () -> NewFile.write(disk.resolve("large"), new byte[64 << 10], SampleKeys.RANDOM)));
            assertEquals(left, files(disk));
        } finally {
            assertEquals("0 ", SampleKeys.run(directory, "umount", disk.toString()));
        }
    }

    private static void assertFull(UnavailableException unavailable) {
        assertTrue(unavailable.sentence().endsWith("No space left on device"), unavailable.sentence());
    }

    /// The same for everyone: the shell's `ulimit -f` fails a write in mid-file, as a full disk does.
    @Test
    void aFileThatMayNotGrowIsUnavailableAndLeavesNothing() throws Exception {
        Path keys = SampleKeys.privateDirectory(directory, "keys");
        String output = SampleKeys.run(
                directory,
                "bash",
                "-c",
                "ulimit -f 1; exec \"$@\"",
                "bash",
                KeyWriter.JAVA,
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xmx64m",
                "-cp",
                KeyWriter.classPath(),
                KeyWriter.class.getName(),
                keys.toString(),
                "1",
                KeyAlgorithm.RSA_3072.label());
        assertTrue(output.contains("could not be written: File too large"), output);
        assertEquals(0, files(keys));
    }
}
