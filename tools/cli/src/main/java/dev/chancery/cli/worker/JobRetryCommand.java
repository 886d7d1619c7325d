// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.remote.ServerCommand;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Quoted;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// `chancery job retry`.
public final class JobRetryCommand extends ServerCommand {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final Supplier<List<String>> numbers = arguments("JOB", 1, "Numbers, as 'job list' shows them.");

    public JobRetryCommand(Terminal terminal) {
        super(
                terminal,
                "The server",
                "Lets dead jobs of a server's queue wait again.",
                "",
                "A job that is not dead stays as it is. The token needs the scope 'submit'.");
        examples("  chancery job retry 12 13 --server https://chancery.example");
    }

    @Override
    public Integer call() {
        var wanted = numbers.get().stream().map(JobRetryCommand::number).toList();
        try (var jobs = serverOptions().jobs(terminal())) {
            wanted.forEach(number -> terminal().out().println(JobListCommand.line(jobs.retry(number))));
        }
        return ExitStatus.DONE;
    }

    private static long number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new UsageException("%s is no number of a job".formatted(Quoted.text(text)));
        }
        return Long.parseLong(text);
    }
}
