// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory is flat whatever the size: both formats in one pass over ten gibibytes, in a heap of 64 MiB.
class LargeFileIT {
    private static final long FILE_BYTES = 10L << 30;

    @TempDir
    private Path root;

    @Test
    void tenGibibytesAreSignedInSixtyFourMebibytes() throws IOException {
        Assumptions.assumeTrue(
                !System.getProperty("huge", "").equals("false"), "-Dhuge=false leaves out the ten gibibytes");
        var office = Office.in(root);
        office.run("authority", "add", "release").assertStatus(0);
        Path file = office.work().resolve("disk.img");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(FILE_BYTES);
            sparse.seek(FILE_BYTES / 3);
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
        assertEquals(FILE_BYTES, Files.size(file));
        assertTrue(Files.size(office.work().resolve("disk.img.raw.sig")) > 60);
    }
}
