// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.reference;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Completions for fish: lines `complete --command NAME --condition WHEN …`, as its complete(1) says.
public final class FishCompletion {
    private final String name;
    private final StringBuilder script = new StringBuilder();

    private FishCompletion(String name) {
        this.name = name;
    }

    /// The script for a command and all its subcommands.
    public static String of(CommandLine root) {
        var completion = new FishCompletion(root.getCommandName());
        completion
                .script
                .append("# fish completion for ")
                .append(completion.name)
                .append("; put it into a directory of $fish_complete_path\n");
        completion.add("--no-files");
        completion.commands(root, List.of());
        return completion.script.toString();
    }

    private void commands(CommandLine line, List<String> words) {
        String here = condition(words, line);
        line.getSubcommands().forEach((word, subcommand) -> {
            String what = ManPages.sentence(subcommand.getCommandSpec());
            add("--condition", quoted(here), "--arguments", word, "--description", quoted(what));
        });
        options(line.getCommandSpec(), here);
        line.getSubcommands().forEach((word, subcommand) -> {
            var deeper = new ArrayList<>(words);
            deeper.add(word);
            commands(subcommand, deeper);
        });
    }

    /// True where these words were typed and none of a subcommand.
    private static String condition(List<String> words, CommandLine line) {
        var conditions = new ArrayList<String>();
        words.forEach(word -> conditions.add("__fish_seen_subcommand_from " + word));
        if (!line.getSubcommands().isEmpty()) {
            String next = String.join(" ", line.getSubcommands().keySet());
            conditions.add("not __fish_seen_subcommand_from " + next);
        }
        return String.join("; and ", conditions);
    }

    private void options(CommandSpec command, String here) {
        for (OptionSpec option : command.options()) {
            var words = new ArrayList<>(List.of("--condition", quoted(here)));
            for (String name : option.names()) {
                words.add(name.startsWith("--") ? "--long-option" : "--short-option");
                words.add(name.replaceFirst("^--?", ""));
            }
            words.addAll(argument(option));
            words.addAll(List.of("--description", quoted(ManPages.text(option.description()))));
            add(words.toArray(String[]::new));
        }
        if (command.positionalParameters().stream().anyMatch(FishCompletion::isFile)) {
            add("--condition", quoted(here), "--force-files");
        }
        command.positionalParameters().stream()
                .filter(positional -> positional.completionCandidates() != null)
                .forEach(positional -> add("--condition", quoted(here), "--arguments", candidates(positional)));
    }

    private static List<String> argument(OptionSpec option) {
        if (option.arity().max() == 0) {
            return List.of();
        }
        if (option.completionCandidates() != null) {
            return List.of("--exclusive", "--arguments", candidates(option));
        }
        return isFile(option) ? List.of("--require-parameter", "--force-files") : List.of("--exclusive");
    }

    private static String candidates(ArgSpec argument) {
        return quoted(String.join(" ", argument.completionCandidates()));
    }

    private static boolean isFile(ArgSpec argument) {
        Class<?> type =
                argument.typeInfo().isMultiValue() ? argument.typeInfo().getAuxiliaryTypes()[0] : argument.type();
        return type == Path.class || type == File.class;
    }

    private void add(String... words) {
        script.append("complete --command ")
                .append(name)
                .append(' ')
                .append(String.join(" ", words))
                .append('\n');
    }

    /// In single quotes fish takes all but these two characters for themselves.
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
