// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.core.ChanceryException;
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
    static int run(Terminal terminal, String... arguments) {
        Commands.Found found = Commands.find(terminal, arguments);
        CommandLine line = found.line();
        line.setOut(new java.io.PrintWriter(terminal.out(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(terminal.err(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((exception, words) -> usage(terminal, exception));
        line.setExecutionExceptionHandler((exception, command, result) -> report(terminal, command, exception));
        return line.execute(Arrays.copyOfRange(arguments, found.words(), arguments.length));
    }

    private static int usage(Terminal terminal, ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        message(terminal, String.valueOf(exception.getMessage()));
        hint(
                terminal,
                "'%s --help' tells how it is used"
                        .formatted(command.getCommandSpec().qualifiedName()));
        return ExitStatus.USAGE;
    }

    private static int report(Terminal terminal, CommandLine command, Exception exception) throws Exception {
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
            default -> throw exception;
        };
    }

    private static void message(Terminal terminal, String sentence) {
        terminal.err().println("chancery: " + sentence);
    }

    private static void hint(Terminal terminal, String hint) {
        terminal.err().println("hint: " + hint);
    }
}
