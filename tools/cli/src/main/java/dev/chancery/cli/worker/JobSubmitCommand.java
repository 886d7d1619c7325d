// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.remote.ServerCommand;
import dev.chancery.cli.remote.ServerJobs;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Quoted;
import dev.chancery.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery job submit`.
public final class JobSubmitCommand extends ServerCommand {
    private static final int PRIORITY_USUAL = 5;

    private final Supplier<List<String>> artifacts =
            arguments("PLACE/ARTIFACT", 1, "A place by its name in the configuration of workers, and a file in it.");
    private final Supplier<Optional<String>> priority =
            option("--priority", "0-9", "The highest goes first. Default: 5.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public JobSubmitCommand(Terminal terminal) {
        super(
                terminal,
                "The server",
                "Orders artifacts to be signed by workers.",
                "",
                "What is signed, as whom, and where it goes is said in the configuration of workers. An artifact has"
                        + " one job at a time: ordered again, it keeps that one. The token needs the scope 'submit'.");
        examples("  chancery job submit staging/app-1.2.zip --server https://chancery.example");
    }

    @Override
    public Integer call() {
        int first = priority.get().map(JobSubmitCommand::number).orElse(PRIORITY_USUAL);
        var orders = artifacts.get().stream().map(JobSubmitCommand::order).toList();
        var submitted = new ArrayList<ServerJobs.Job>();
        try (var jobs = serverOptions().jobs(terminal())) {
            for (var order : orders) {
                var job = jobs.submit(order.place(), order.artifact(), first);
                submitted.add(job);
                if (!json.get()) {
                    terminal().out().println(JobListCommand.line(job));
                }
            }
        }
        if (json.get()) {
            var documents = submitted.stream().map(ServerJobs.Job::toJson).toList();
            terminal()
                    .out()
                    .print(new JsonFields().put("jobs", documents).toJson().pretty());
        }
        return ExitStatus.DONE;
    }

    private record Order(String place, ArtifactName artifact) {}

    private static Order order(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0) {
            throw new UsageException("%s is not PLACE/ARTIFACT".formatted(Quoted.text(text)));
        }
        return new Order(text.substring(0, slash), new ArtifactName(text.substring(slash + 1)));
    }

    private static int number(String text) {
        if (text.length() != 1 || !Character.isDigit(text.charAt(0))) {
            throw new UsageException("priority %s is not 0 to 9".formatted(Quoted.text(text)));
        }
        return text.charAt(0) - '0';
    }
}
