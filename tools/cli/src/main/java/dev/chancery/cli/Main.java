// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ChanceryException;
import java.util.ArrayList;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The entry: finds the command, runs it, turns what was thrown into a message and an exit status.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Terminal terminal = Terminal.system();
        int status = run(terminal, arguments);
        terminal.out().flush();
        // Not a return: nothing is left to wait for, and an orderly end of the JVM's threads takes longer than a
        // signature.
        Runtime.getRuntime().halt(terminal.out().checkError() && status == 0 ? ExitStatus.UNAVAILABLE : status);
    }

    /// Runs a command to its end. Whatever happens becomes a message on standard error and a status.
    public static int run(Terminal terminal, String... words) {
        String[] arguments = helpAsOption(words);
        Commands.Found found = Commands.find(terminal, arguments);
        CommandLine line = found.line();
        line.setOut(new java.io.PrintWriter(terminal.out(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(terminal.err(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((exception, all) -> usage(terminal, exception));
        line.setExecutionExceptionHandler((exception, command, result) -> report(terminal, command, exception));
        return line.execute(Arrays.copyOfRange(arguments, found.words(), arguments.length));
    }

    /// `help sign` is what people try first: `sign --help`. A word that is no command is left to be complained about.
    private static String[] helpAsOption(String... words) {
        if (words.length == 0 || !words[0].equals("help")) {
            return words;
        }
        var arguments = new ArrayList<>(Arrays.asList(words).subList(1, words.length));
        if (arguments.isEmpty() || Commands.isCommand(arguments.getFirst())) {
            arguments.add("--help");
        }
        return arguments.toArray(String[]::new);
    }

    private static int usage(Terminal terminal, ParameterException exception) {
        message(terminal, UsageErrors.sentence(exception));
        hint(terminal, UsageErrors.hint(exception));
        return ExitStatus.USAGE;
    }

    private static int report(Terminal terminal, CommandLine command, Exception exception) {
        return switch (exception) {
            case HintedException hinted -> {
                message(terminal, hinted.error().sentence());
                hint(terminal, hinted.hint());
                yield ExitStatus.of(hinted.error());
            }
            case ChanceryException error -> {
                message(terminal, error.sentence());
                Hints.of(error).ifPresent(hint -> hint(terminal, hint));
                yield ExitStatus.of(error);
            }
            case UsageException usage -> usage(terminal, new ParameterException(command, usage.getMessage()));
            default -> {
                message(terminal, "this is a bug, please report it: " + exception);
                exception.printStackTrace(terminal.err());
                yield ExitStatus.BUG;
            }
        };
    }

    private static void message(Terminal terminal, String sentence) {
        terminal.err().println("chancery: " + Shown.plain(sentence));
    }

    private static void hint(Terminal terminal, String hint) {
        terminal.err().println("hint: " + Shown.plain(hint));
    }
}
