// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Tries every forbidden thing, on the calling thread, on one that is older than the seal, on one that is
/// younger, and on a virtual one.
///
/// [#prepare] goes before [Sandbox#seal], [#run] after it. What succeeds without a seal does no harm.
public final class SelfCheck {
    private final List<Attempt> attempts;
    private final ExecutorService older;

    private SelfCheck(List<Attempt> attempts, ExecutorService older) {
        this.attempts = attempts;
        this.older = older;
    }

    /// One thing tried on one thread.
    public record Finding(String thread, String what, String answer, boolean forbidden) {
        @Override
        public String toString() {
            return "%-9s %-7s %-38s %s".formatted(forbidden ? "forbidden" : "ALLOWED", thread, what, answer);
        }
    }

    /// All that was tried.
    public record Findings(List<Finding> all) {
        public Findings {
            all = List.copyOf(all);
        }

        /// Whether everything was forbidden. Having tried nothing is no success.
        public boolean passed() {
            return !all.isEmpty() && all.stream().allMatch(Finding::forbidden);
        }

        /// A line for each thing tried, and one that counts them.
        @Override
        public String toString() {
            return all.stream().map(finding -> finding + "\n").collect(Collectors.joining())
                    + "%d tried, %d allowed"
                            .formatted(
                                    all.size(),
                                    all.stream()
                                            .filter(Predicate.not(Finding::forbidden))
                                            .count());
        }
    }

    /// `directory` is one that [Confinement#write] names; nothing is left in it. What is exempt is not tried,
    /// but what lies beside it.
    public static SelfCheck prepare(Path directory, Confinement.Exemption exemption) {
        try {
            var file = Files.createTempFile(directory, "self-check", "");
            var channel = FileChannel.open(file, StandardOpenOption.WRITE);
            channel.write(java.nio.ByteBuffer.wrap(new byte[1]));
            Files.delete(file);
            var older = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().factory());
            older.submit(() -> {}).get();
            var attempts = new ArrayList<>(new RawAttempts(LinuxCalls.ofThisMachine(), exemption).all());
            attempts.addAll(new JavaAttempts(directory, channel, exemption).all());
            return new SelfCheck(attempts, older);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a thread did not start", e);
        }
    }

    /// Some hundred attempts a thread; takes well under a second.
    public Findings run() {
        var findings = new ArrayList<Finding>(attemptsOn("main"));
        findings.addAll(on(older, "older"));
        try (var younger = Executors.newSingleThreadExecutor();
                var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            findings.addAll(on(younger, "younger"));
            findings.addAll(on(virtual, "virtual"));
        }
        return new Findings(findings);
    }

    /// For tests that have another thread.
    List<Finding> attemptsOn(String thread) {
        return attempts.stream()
                .map(attempt -> {
                    var answer = attempt.answer();
                    return new Finding(thread, attempt.what(), answer.text(), answer.forbidden());
                })
                .toList();
    }

    private List<Finding> on(ExecutorService executor, String thread) {
        Callable<List<Finding>> task = () -> attemptsOn(thread);
        try {
            return executor.submit(task).get();
        } catch (InterruptedException | ExecutionException e) {
            return List.of(new Finding(thread, "everything", "not tried: " + e, false));
        }
    }

    /// One forbidden thing to try.
    ///
    /// @param what what is tried, as the man page or the JDK calls it
    /// @param trial tries it and says how it was answered
    record Attempt(String what, Callable<Answer> trial) {
        /// How the kernel answered, in words, and whether that is the seal's refusal and no other failure.
        record Answer(String text, boolean forbidden) {}

        /// A trial that cannot even be made proves nothing, and counts as a success.
        Answer answer() {
            try {
                return trial.call();
            } catch (Exception e) {
                return new Answer("not tried: " + e, false);
            }
        }
    }
}
