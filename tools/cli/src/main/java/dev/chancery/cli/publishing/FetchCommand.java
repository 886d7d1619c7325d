// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.office.Verification;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.json.JsonFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery fetch`.
public final class FetchCommand extends PlaceCommand {
    private final Supplier<List<String>> sources = arguments(
            "PLACE/NAME", 1, "What to fetch: a file of a directory, of https://HOST/PATH, or of s3://BUCKET/PREFIX.");
    private final Supplier<Optional<Path>> output =
            pathOption("--output", "DIR", "Where it goes. Default: the working directory.");

    public FetchCommand(Terminal terminal) {
        super(
                terminal,
                "Fetches artifacts with their signatures, and lets none in that a policy refuses.",
                "",
                "What arrives lies in a hidden directory until it is verified; only then it gets its name. A"
                        + " signature says nothing of the artifact's name, and so not which version it is: with"
                        + " --log and --named a receipt has to.");
        examples(
                "  chancery fetch https://repo.example.com/raw/app/1.2/app.jar --require 2:qa,security,release",
                "  chancery fetch /srv/releases/app.zip --policy release.json --keyring keyring --output install");
    }

    @Override
    public Integer call() {
        var judge = judge();
        var answers = new ArrayList<Verification.Answer>();
        for (String source : sources.get()) {
            var from = places().file(source);
            try (var fetching =
                    new Fetching(from, output.get().orElse(Path.of("")).toAbsolutePath())) {
                var answer = fetching.verify(judge);
                if (answer.accepted()) {
                    fetching.place();
                }
                answers.add(answer);
                if (!inJson()) {
                    answer.print(terminal().out());
                }
            }
        }
        if (inJson()) {
            var documents = answers.stream().map(Verification.Answer::toJson).toList();
            terminal()
                    .out()
                    .print(new JsonFields().put("fetched", documents).toJson().pretty());
        }
        boolean accepted = answers.stream().allMatch(Verification.Answer::accepted);
        if (!accepted) {
            judge.hint(terminal());
        }
        return accepted ? ExitStatus.DONE : ExitStatus.VERIFICATION_SAYS_NO;
    }
}
