// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.core.Quoted;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in our words what picocli found wrong with the words of a command line, and what might help.
final class UsageErrors {
    private UsageErrors() {}

    static String sentence(ParameterException exception) {
        return switch (exception) {
            case UnmatchedArgumentException unmatched ->
                unmatched(
                        exception.getCommandLine(), unmatched.getUnmatched().getFirst());
            case MissingParameterException missing when !missing.getMissing().isEmpty() -> missing(missing);
            default -> String.valueOf(exception.getMessage());
        };
    }

    private static String unmatched(CommandLine command, String word) {
        if (word.startsWith("-") && word.length() > 1) {
            return "option %s is not known".formatted(Quoted.text(word));
        }
        return command.getSubcommands().isEmpty()
                ? "argument %s is one too many".formatted(Quoted.text(word))
                : "there is no command %s".formatted(Quoted.text(word));
    }

    private static String missing(MissingParameterException exception) {
        String what = exception.getMissing().stream()
                .map(argument -> argument instanceof CommandLine.Model.OptionSpec option
                        ? option.longestName() + " " + option.paramLabel()
                        : argument.paramLabel())
                .distinct()
                .collect(Collectors.joining(" and "));
        return "%s is missing".formatted(what);
    }

    static String hint(ParameterException exception) {
        String name = exception.getCommandLine().getCommandSpec().qualifiedName();
        if (exception instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            String meant = unmatched.getSuggestions().getFirst();
            return "did you mean '%s'?".formatted(meant.startsWith("-") ? meant : name + " " + meant);
        }
        return "'%s --help' tells how it is used".formatted(name);
    }
}
