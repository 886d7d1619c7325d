// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.core.Quoted;
import java.util.Comparator;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in our words what picocli found wrong with the words of a command line, and what might help.
final class UsageErrors {
    /// Letters: more, and the guess is about another word.
    private static final int TYPING_ERRORS_MAX = 2;

    private UsageErrors() {}

    static String sentence(ParameterException exception) {
        return switch (exception) {
            case UnmatchedArgumentException unmatched ->
                unmatched(exception.getCommandLine(), unmatched.getUnmatched().getFirst());
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
        var command = exception.getCommandLine().getCommandSpec();
        if (exception instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            boolean isOption = word.startsWith("-");
            var known = isOption
                    ? command.optionsMap().keySet()
                    : command.subcommands().keySet();
            var meant = known.stream()
                    .filter(name -> name.length() > 2)
                    .min(Comparator.comparingInt(name -> distance(word, name)));
            if (meant.isPresent() && distance(word, meant.get()) <= TYPING_ERRORS_MAX) {
                return "did you mean '%s'?"
                        .formatted(isOption ? meant.get() : command.qualifiedName() + " " + meant.get());
            }
        }
        return "'%s --help' tells how it is used".formatted(command.qualifiedName());
    }

    /// How many letters were left out, added, changed or swapped with their neighbour (Damerau and
    /// Levenshtein).
    private static int distance(String typed, String meant) {
        int[][] least = new int[typed.length() + 1][meant.length() + 1];
        for (int i = 0; i <= typed.length(); i++) {
            for (int j = 0; j <= meant.length(); j++) {
                if (i == 0 || j == 0) {
                    least[i][j] = i + j;
                    continue;
                }
                boolean same = typed.charAt(i - 1) == meant.charAt(j - 1);
                least[i][j] =
                        Math.min(least[i - 1][j - 1] + (same ? 0 : 1), Math.min(least[i - 1][j], least[i][j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && typed.charAt(i - 1) == meant.charAt(j - 2)
                        && typed.charAt(i - 2) == meant.charAt(j - 1);
                if (swapped) {
                    least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
                }
            }
        }
        return least[typed.length()][meant.length()];
    }
}
