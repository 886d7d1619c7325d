// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.office.Candidates;
import dev.chancery.cli.reference.FishCompletion;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.MalformedException;
import java.util.function.Supplier;
import picocli.AutoComplete;

/// `chancery completion`.
final class CompletionCommand extends Command {
    private final Supplier<String> shell =
            argument("SHELL", new Candidates.Shells(), "One of ${COMPLETION-CANDIDATES}.");

    CompletionCommand(Terminal terminal) {
        super(
                terminal,
                "Prints a script with which a shell completes commands, options and their values.",
                "",
                "bash: source <(chancery completion bash), or write it to"
                        + " ~/.local/share/bash-completion/completions/chancery.",
                "zsh: source <(chancery completion zsh) in ~/.zshrc.",
                "fish: write it to ~/.config/fish/completions/chancery.fish.");
    }

    @Override
    public Integer call() {
        var tree = Commands.tree(terminal());
        terminal()
                .out()
                .print(
                        switch (shell.get()) {
                            case "bash", "zsh" -> AutoComplete.bash("chancery", tree);
                            case "fish" -> FishCompletion.of(tree);
                            default -> throw MalformedException.value("shell", shell.get(), "is not bash, zsh or fish");
                        });
        return ExitStatus.DONE;
    }
}
