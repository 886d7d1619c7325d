// SPDX-License-Identifier: Apache-2.0
package dev.chancery.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory is flat whatever the size: files are signed in a heap of 64 MiB.
class LargeFileIT {
    /// More than 32 bits count; ten gibibytes in the long rounds.
    private static final long FILE_BYTES = Integer.getInteger("rounds", 1) > 1 ? 10L << 30 : (4L << 30) + 1;

    private static final long SEVERAL_HASHES_BYTES = 1L << 29;

    @TempDir
    private Path root;

    /// One hash, read and computed in one thread.
    @Test
    void moreThanFourGibibytesAreSignedInSixtyFourMebibytes() throws IOException {
        Assumptions.assumeTrue(
                !System.getProperty("huge", "").equals("false"), "-Dhuge=false leaves out the largest file");
        assertSigned(FILE_BYTES, "openpgp");
    }

    /// Several hashes, each in a thread of its own: what is on the way between them is bounded.
    @Test
    void halfAGibibyteIsSignedInTwoFormatsInSixtyFourMebibytes() throws IOException {
        assertSigned(SEVERAL_HASHES_BYTES, "openpgp", "raw");
    }

    private void assertSigned(long bytes, String... formats) throws IOException {
        var office = Office.in(root);
        for (String format : formats) {
            office.run("authority", "add", "release", "--format", format).assertStatus(0);
        }
        Path file = office.work().resolve("disk.img");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
            sparse.seek(bytes / 3);
            sparse.write(1);
        }
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=16m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Office.PACKAGED.resolve("lib/chancery-cli.jar").toString(),
                "dev.chancery.cli.Main",
                "sign",
                "disk.img",
                "--as",
                "release");
        Answer.to(office.work(), office.environment(), command).assertStatus(0);
        assertTrue(Files.size(office.work().resolve("disk.img.asc")) > 100);
        assertEquals(bytes, Files.size(file));
        assertEquals(formats.length > 1, Files.exists(office.work().resolve("disk.img.raw.sig")));
    }
}
