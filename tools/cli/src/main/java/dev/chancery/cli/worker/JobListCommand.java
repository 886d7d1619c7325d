// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.remote.ServerCommand;
import dev.chancery.cli.remote.ServerJobs;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Quoted;
import dev.chancery.json.JsonFields;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery job list`.
public final class JobListCommand extends ServerCommand {
    private static final List<String> STATES = List.of("waiting", "leased", "done", "dead");

    private final Supplier<Optional<String>> state =
            option("--state", "STATE", STATES, "Only these: ${COMPLETION-CANDIDATES}.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public JobListCommand(Terminal terminal) {
        super(
                terminal,
                "The server",
                "Lists the jobs of a server's queue, and for 30 days those that ended.",
                "",
                "A dead job has its reason; 'job retry' lets it wait again. The token needs one of the scopes 'read',"
                        + " 'submit' and 'work'.");
        examples("  chancery job list --state dead --server https://chancery.example");
    }

    @Override
    public Integer call() {
        state.get().filter(word -> !STATES.contains(word)).ifPresent(word -> {
            throw new UsageException(
                    "state %s is not one of %s".formatted(Quoted.text(word), String.join(", ", STATES)));
        });
        try (var jobs = serverOptions().jobs(terminal())) {
            var found = jobs.list(state.get());
            if (json.get()) {
                var documents = found.stream().map(ServerJobs.Job::toJson).toList();
                terminal()
                        .out()
                        .print(new JsonFields().put("jobs", documents).toJson().pretty());
            } else {
                found.forEach(job -> terminal().out().println(line(job)));
            }
        }
        return ExitStatus.DONE;
    }

    static String line(ServerJobs.Job job) {
        return Shown.plain("%-8d %-8s %d  %s/%s%s"
                .formatted(
                        job.number(),
                        job.state(),
                        job.attempts(),
                        job.place(),
                        job.artifact(),
                        job.reason().map(reason -> "  " + reason).orElse("")));
    }
}
