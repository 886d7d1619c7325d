// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
    /// Octets between two cuts: each cut costs a write to the disk.
    private static final int STEP = 13;

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("audit.jsonl");
    }

    private static void record(AuditLog log, String artifact) {
        log.record(Lines.NOW, Lines.granted(artifact));
    }

    private List<AuditLine> lines() throws IOException {
        var lines = new ArrayList<AuditLine>();
        try (var input = Files.newInputStream(file())) {
            new AuditChain().readAll(input, lines::add);
        }
        return lines;
    }

    @Test
    void aChainGoesOnAfterARestart() throws IOException {
        record(new AuditFile(file()), "one");
        var second = new AuditFile(file());
        record(second, "two");
        record(second, "three");
        assertEquals(
                List.of(1L, 2L, 3L), lines().stream().map(AuditLine::sequence).toList());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void severalWritersMakeOneChain() throws Exception {
        var logs = List.of(new AuditFile(file()), new AuditFile(file()));
        for (int i = 0; i < 20; i++) {
            record(logs.get(i % 2), "artifact-" + i);
        }
        var shared = new AuditFile(file());
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tasks = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 40; i++) {
                String artifact = "shared-" + i;
                tasks.add(() -> {
                    record(shared, artifact);
                    return null;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        assertEquals(60, lines().size());
    }

    /// Wherever a crash cuts the last line.
    @Test
    void anUnfinishedLineIsRemovedAndTheRemovalRecorded() throws IOException {
        var log = new AuditFile(file());
        record(log, "one");
        byte[] one = Files.readAllBytes(file());
        record(log, "two");
        byte[] two = Files.readAllBytes(file());
        for (int length = one.length + 1; length < two.length; length += STEP) {
            Files.write(file(), Arrays.copyOf(two, length));
            record(new AuditFile(file()), "three");
            var lines = lines();
            assertEquals(3, lines.size());
            assertEquals(new Recovery(length - one.length), lines.get(1).event());
        }
        for (int length = 1; length < one.length; length += STEP) {
            Files.write(file(), Arrays.copyOf(one, length));
            record(new AuditFile(file()), "two");
            assertInstanceOf(Recovery.class, lines().getFirst().event());
        }
    }

    /// A chain that was tampered with is not gone on with as if nothing were.
    @Test
    void behindADamagedLineNothingIsRecorded() throws IOException {
        record(new AuditFile(file()), "one");
        for (String damage : List.of("no line\n", "\n", "{}\n", "x".repeat(40_000))) {
            Files.writeString(file(), damage, StandardOpenOption.APPEND);
            byte[] before = Files.readAllBytes(file());
            var fault = assertThrows(UnavailableException.class, () -> record(new AuditFile(file()), "two"));
            assertTrue(fault.sentence().contains("nothing is signed"), fault.sentence());
            assertArrayEquals(before, Files.readAllBytes(file()));
        }
    }

    @Test
    void whatCannotBeWrittenIsUnavailable() throws IOException {
        assertThrows(UnavailableException.class, () -> record(new AuditFile(directory.resolve("none/audit")), "one"));
        Files.createSymbolicLink(file(), directory.resolve("elsewhere"));
        assertThrows(UnavailableException.class, () -> record(new AuditFile(file()), "one"));
        assertTrue(Files.notExists(directory.resolve("elsewhere")));
        assertThrows(UnavailableException.class, () -> record(new AuditFile(Path.of("/dev/full")), "one"));
    }
}
