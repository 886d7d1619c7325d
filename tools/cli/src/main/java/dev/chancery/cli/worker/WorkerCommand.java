// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.places.Places;
import dev.chancery.cli.remote.ServerJobs;
import dev.chancery.cli.signatures.AskingCommand;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.InputFiles;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// `chancery worker`.
public final class WorkerCommand extends AskingCommand {
    /// Between two questions to a queue that had nothing.
    private static final Duration IDLE = Duration.ofSeconds(1);
    /// For the artifact that is worked on when a signal comes: systemd kills after 90 seconds.
    private static final Duration FAREWELL = Duration.ofSeconds(60);
    /// Signatures and receipts of ten authorities; what is beyond is not told.
    private static final int FILES_TOLD_MAX = 20;

    /// Seconds.
    private static final int LEASE_MIN = 5;

    private static final int LEASE_MAX = 600;
    private static final int REASON_CHARACTERS_MAX = 1_000;

    /// Refusals of the worker, not of the artifact.
    private static final Set<String> OURS = Set.of("unauthorized", "token-scope", "server-tls", "place-denied");

    private final Supplier<Path> config = requiredPathOption("--config", "FILE", "Places and routes: docs/worker.md.");
    private final Supplier<Optional<Path>> certificate =
            pathOption("--place-certificate", "FILE", Places.CERTIFICATE_HELP);
    private final Supplier<Optional<Path>> spool = pathOption(
            "--spool",
            "DIR",
            "Where artifacts lie while they are worked on. Default: the machine's temporary directory.");
    private final Supplier<Optional<String>> lease = option(
            "--lease", "SECONDS", "After which others take the artifact of a worker that died: 5 to 600. Default: 60.");
    private final Supplier<Boolean> once = flag("--once", "End when the queue has nothing more.");

    private final CountDownLatch ending = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    public WorkerCommand(Terminal terminal) {
        super(
                terminal,
                "Takes jobs out of a server's queue: fetches an artifact, has it signed, verifies, uploads.",
                "",
                "Needs a server (--server) whose token has the scope 'work', 'sign' for each authority, and 'submit'"
                        + " where places are watched; and a keyring of its own (--keyring). Any number of workers"
                        + " share a queue; one that is killed loses nothing, and nothing is signed twice. A signal lets"
                        + " it end the artifact that it has.");
        examples(
                "  chancery worker --config worker.json --server https://chancery.example --keyring keyring",
                "  chancery worker --config worker.json --once");
    }

    @Override
    public Integer call() throws InterruptedException {
        if (serverUrl().isEmpty()) {
            throw new UsageException("say whose queue it is: --server URL");
        }
        lease();
        Path file = config.get();
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        var configuration = WorkerConfiguration.parse(
                InputFiles.read("worker's configuration", file, Json.DOCUMENT_BYTES_MAX), directory);
        var farewell = new Thread(this::end, "chancery-end");
        Runtime.getRuntime().addShutdownHook(farewell);
        try (var jobs = serverOptions().jobs(terminal())) {
            work(configuration, jobs, spool());
        } finally {
            ended.countDown();
        }
        return ExitStatus.DONE;
    }

    private Duration lease() {
        String text = lease.get().orElse("60");
        int seconds = text.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(text) : 0;
        if (seconds < LEASE_MIN || seconds > LEASE_MAX) {
            throw new UsageException(
                    "lease %s is not %d to %d seconds".formatted(Quoted.text(text), LEASE_MIN, LEASE_MAX));
        }
        return Duration.ofSeconds(seconds);
    }

    private void end() {
        ending.countDown();
        try {
            if (!ended.await(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                terminal().err().println("chancery: the artifact at hand is left to another worker");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path spool() {
        Path directory = spool.get()
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")))
                .toAbsolutePath();
        if (!Files.isDirectory(directory)) {
            throw new UnavailableException("there is no directory %s".formatted(directory));
        }
        SpoolDirectory.removeOld(directory, terminal().clock().instant());
        return directory;
    }

    private void work(WorkerConfiguration configuration, ServerJobs jobs, Path directory) throws InterruptedException {
        var places = new Places(terminal(), certificate.get());
        var watch = new Watch(
                configuration,
                new Watch.Means(
                        jobs,
                        bucket -> places.place(bucket.text()),
                        sentence -> terminal().err().println(Shown.plain("chancery: " + sentence)),
                        terminal().clock()));
        while (!isEnding(Duration.ZERO)) {
            var job = next(watch, jobs);
            if (job.isPresent()) {
                work(configuration, jobs, job.get(), directory);
            } else if (once.get() || isEnding(IDLE)) {
                return;
            }
        }
    }

    private boolean isEnding(Duration wait) throws InterruptedException {
        return ending.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// A server that is away is waited for; one that refuses us is not, and with `--once` none.
    private Optional<ServerJobs.Job> next(Watch watch, ServerJobs jobs) {
        try {
            watch.look();
            return jobs.lease(lease());
        } catch (UnavailableException e) {
            if (once.get()) {
                throw e;
            }
            terminal().err().println(Shown.plain("chancery: " + e.sentence()));
            return Optional.empty();
        }
    }

    private void work(WorkerConfiguration configuration, ServerJobs jobs, ServerJobs.Job job, Path directory) {
        var stages = new Stages();
        var report = new JsonFields();
        String outcome;
        try (var heartbeat = new Heartbeat(jobs, job, lease());
                var means = means(1);
                var spooled = new SpoolDirectory(directory, job.number())) {
            var tools = new Work.Tools(
                    terminal(),
                    new Places(terminal(), certificate.get()),
                    spooled.path(),
                    means,
                    localKeyring(means),
                    heartbeat::require);
            var done = new Work(configuration, tools, stages).on(job.place(), job.artifact());
            outcome = "done";
            report.put("sha256", done.sha256().hex())
                    .putTexts(
                            "files",
                            done.files().stream()
                                    .map(ArtifactName::text)
                                    .limit(FILES_TOLD_MAX)
                                    .toList());
        } catch (HintedException e) {
            outcome = outcome(e.error());
            report.put("reason", reason(e.error().sentence()));
        } catch (UsageException e) {
            outcome = "hopeless";
            report.put("reason", reason(String.valueOf(e.getMessage())));
        } catch (ChanceryException e) {
            outcome = outcome(e);
            report.put("reason", reason(e.sentence()));
        }
        report.put("stages", stages.toJson());
        tell(job, outcome, report.toJson());
        report(jobs, job, outcome, report.toJson());
    }

    /// If nobody can be told, the lease ends, and whoever takes the job finds what was done.
    private void report(ServerJobs jobs, ServerJobs.Job job, String outcome, Json report) {
        try {
            if (!jobs.end(job, outcome, report)) {
                terminal().err().println("chancery: job %d was taken over by another worker".formatted(job.number()));
            }
        } catch (UnavailableException e) {
            terminal().err().println(Shown.plain("chancery: " + e.sentence()));
        }
    }

    private static String outcome(ChanceryException error) {
        return switch (error) {
            case UnavailableException unavailable -> "failed";
            case RefusedException refused -> OURS.contains(refused.rule()) ? "failed" : "hopeless";
            default -> "hopeless";
        };
    }

    private static String reason(String sentence) {
        String line = Shown.plain(sentence);
        return line.length() <= REASON_CHARACTERS_MAX ? line : line.substring(0, REASON_CHARACTERS_MAX);
    }

    private void tell(ServerJobs.Job job, String outcome, Json report) {
        var line = new JsonFields()
                .put("job", job.number())
                .put("place", job.place())
                .put("artifact", job.artifact().text())
                .put("attempt", job.attempts())
                .put("outcome", outcome)
                .put("report", report)
                .toJson();
        terminal().out().println(line.line());
        terminal().out().flush();
    }
}
