// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.UnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuditJournalTest {
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("audit.jsonl");
    }

    private AuditJournal open(OutputStream copy) {
        return AuditJournal.open(file(), copy, Lines.NOW);
    }

    private List<AuditLine> lines() throws IOException {
        var lines = new ArrayList<AuditLine>();
        try (var input = Files.newInputStream(file())) {
            new AuditChain().readAll(input, lines::add);
        }
        return lines;
    }

    @Test
    void theChainGoesOnAfterARestartAndTheCopyIsTheSame() throws IOException {
        var copy = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            try (var journal = open(copy)) {
                journal.record(Lines.NOW, Lines.granted("a-" + i));
                journal.record(Lines.NOW, Lines.granted("b-" + i));
                assertEquals(2 * i + 2, journal.head().sequence());
            }
        }
        assertEquals(6, lines().size());
        assertArrayEquals(Files.readAllBytes(file()), copy.toByteArray());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void manyThreadsMakeOneChain() throws Exception {
        try (var journal = open(NOWHERE);
                var threads = Executors.newFixedThreadPool(16)) {
            var tasks = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 4_000; i++) {
                String artifact = "artifact-" + i;
                tasks.add(() -> {
                    journal.record(Lines.NOW, Lines.granted(artifact));
                    return null;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        assertEquals(4_000, lines().size());
    }

    /// Whoever does not wait hears of it when the line can be read, in the chain's order.
    @Test
    void whoDoesNotWaitIsToldWhenTheLineIsThere() throws Exception {
        var told = new LinkedBlockingQueue<Integer>();
        try (var journal = open(NOWHERE)) {
            for (int i = 0; i < 3_000; i++) {
                int mine = i;
                journal.record(Lines.NOW, Lines.granted("artifact-" + i), fault -> {
                    assertEquals(Optional.empty(), fault);
                    assertTrue(journal.head().sequence() > mine, "the line is not there");
                    told.add(mine);
                });
            }
            for (int i = 0; i < 3_000; i++) {
                assertEquals(i, told.take());
            }
        }
        assertEquals(3_000, lines().size());
    }

    /// Closing waits for what was given before, and what comes after is told that it is not recorded.
    @Test
    void nobodyWaitsForAClosedJournal() throws Exception {
        var settled = new AtomicInteger();
        var journal = open(NOWHERE);
        for (int i = 0; i < 100; i++) {
            journal.record(Lines.NOW, Lines.granted("before"), fault -> {
                assertEquals(Optional.empty(), fault);
                settled.incrementAndGet();
            });
        }
        journal.close();
        assertEquals(100, settled.get());
        assertThrows(UnavailableException.class, () -> journal.record(Lines.NOW, Lines.granted("after")));
        assertEquals(100, lines().size());
    }

    /// A fault of ours in one outcome is nobody else's.
    @Test
    void anOutcomeThatThrowsKeepsNobodyWaiting() throws IOException {
        try (var journal = open(NOWHERE)) {
            journal.record(Lines.NOW, Lines.granted("one"), fault -> {
                throw new IllegalStateException("a bug, as the test wants it");
            });
            journal.record(Lines.NOW, Lines.granted("two"));
        }
        assertEquals(2, lines().size());
    }

    @Test
    void anUnfinishedLineIsRemovedAndTheRemovalRecorded() throws IOException {
        try (var journal = open(NOWHERE)) {
            journal.record(Lines.NOW, Lines.granted("one"));
        }
        Files.writeString(file(), "{\"sequence\":2,", StandardOpenOption.APPEND);
        try (var journal = open(NOWHERE)) {
            journal.record(Lines.NOW, Lines.granted("two"));
        }
        var lines = lines();
        assertEquals(3, lines.size());
        assertEquals(
                new Recovery(14), assertInstanceOf(Recovery.class, lines.get(1).event()));
    }

    @Test
    void oneProcessHoldsTheFile() {
        try (var journal = open(NOWHERE)) {
            assertThrows(UnavailableException.class, () -> open(NOWHERE));
            journal.record(Lines.NOW, Lines.granted("one"));
        }
    }

    @Test
    void behindADamagedLineNothingIsRecorded() throws IOException {
        Files.writeString(file(), "no line\n");
        assertThrows(UnavailableException.class, () -> open(NOWHERE));
        assertEquals("no line\n", Files.readString(file()));
    }

    /// The record stands; whoever asked is not answered, and the chain goes on.
    @Test
    void aCopyThatFailsIsUnavailable() throws IOException {
        var broken = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        try (var journal = open(broken)) {
            for (int i = 1; i <= 2; i++) {
                var fault =
                        assertThrows(UnavailableException.class, () -> journal.record(Lines.NOW, Lines.granted("one")));
                assertTrue(fault.sentence().contains("broken pipe"), fault.sentence());
            }
        }
        assertEquals(2, lines().size());
    }

    @Test
    void whatCannotBeWrittenIsUnavailable() {
        try (var journal = AuditJournal.open(Path.of("/dev/full"), NOWHERE, Lines.NOW)) {
            assertThrows(UnavailableException.class, () -> journal.record(Lines.NOW, Lines.granted("one")));
        }
    }
}
