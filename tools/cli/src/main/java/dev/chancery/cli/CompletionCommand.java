// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.cli.office.Candidates;
import dev.chancery.cli.reference.FishCompletion;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.MalformedException;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `chancery completion`.
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script with which a shell completes commands, options and their values.",
            "",
            "bash: source <(chancery completion bash), or write it to"
                    + " ~/.local/share/bash-completion/completions/chancery.",
            "zsh: source <(chancery completion zsh) in ~/.zshrc.",
            "fish: write it to ~/.config/fish/completions/chancery.fish."
        })
final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "SHELL",
            completionCandidates = Candidates.Shells.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private String shell = "";

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var tree = Commands.tree(terminal);
        terminal.out()
                .print(
                        switch (shell) {
                            case "bash", "zsh" -> AutoComplete.bash("chancery", tree);
                            case "fish" -> FishCompletion.of(tree);
                            default -> throw MalformedException.value("shell", shell, "is not bash, zsh or fish");
                        });
        return ExitStatus.DONE;
    }
}
