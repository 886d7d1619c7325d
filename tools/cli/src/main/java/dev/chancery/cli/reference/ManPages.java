// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Man pages of a command and of every subcommand that does something: roff, as man(7) has it.
public final class ManPages {
    /// What stands at the foot of every page.
    ///
    /// @param date the day of the build: `2026-11-21`
    /// @param source name and version: `chancery 1.0.0`
    public record Edition(String date, String source) {}

    private final CommandLine root;
    private final Edition edition;
    private final Map<String, String> pages = new LinkedHashMap<>();

    private ManPages(CommandLine root, Edition edition) {
        this.root = root;
        this.edition = edition;
    }

    /// The pages by file name, `chancery-sign.1`.
    public static Map<String, String> of(CommandLine root, Edition edition) {
        var pages = new ManPages(root, edition);
        pages.put(root);
        pages.leaves().forEach(pages::put);
        return pages.pages;
    }

    private List<CommandLine> leaves() {
        var leaves = new ArrayList<CommandLine>();
        collect(root, leaves);
        return leaves;
    }

    private static void collect(CommandLine line, List<CommandLine> leaves) {
        for (CommandLine subcommand : line.getSubcommands().values()) {
            if (subcommand.getSubcommands().isEmpty()) {
                leaves.add(subcommand);
            }
            collect(subcommand, leaves);
        }
    }

    private static String page(CommandLine line) {
        return line.getCommandSpec().qualifiedName("-");
    }

    private void put(CommandLine line) {
        var command = line.getCommandSpec();
        var roff = new Roff();
        roff.title(page(line).toUpperCase(Locale.ROOT), edition.date(), edition.source());
        roff.unjustified();
        roff.macro("SH", "NAME");
        roff.text(page(line) + " - " + lowerCased(sentence(command)));
        roff.macro("SH", "SYNOPSIS");
        synopsis(roff, command);
        roff.macro("SH", "DESCRIPTION");
        paragraphs(roff, command.usageMessage().description());
        if (!command.subcommands().isEmpty()) {
            commands(roff);
        }
        arguments(roff, command);
        footer(roff, command);
        seeAlso(roff, line);
        pages.put(page(line) + ".1", roff.toString());
    }

    /// The first paragraph of a description, without the full stop: what fits into one line.
    static String sentence(CommandSpec command) {
        String[] description = command.usageMessage().description();
        return description.length == 0 ? command.name() : plain(description[0]).replaceFirst("\\.$", "");
    }

    private static String lowerCased(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    static String text(String[] lines) {
        return plain(String.join(" ", lines));
    }

    /// A description without picocli's format characters.
    private static String plain(String line) {
        return line.replace("%n", " ").replace("%%", "%").strip();
    }

    private static void synopsis(Roff roff, CommandSpec command) {
        var words = new ArrayList<String>();
        for (OptionSpec option : command.options()) {
            String word = option.longestName() + value(option);
            words.add((option.required() ? word : "[" + word + "]") + (option.isMultiValue() ? "..." : ""));
        }
        for (PositionalParamSpec positional : command.positionalParameters()) {
            words.add(label(positional));
        }
        if (!command.subcommands().isEmpty()) {
            words.add("COMMAND");
        }
        roff.bold(command.qualifiedName());
        roff.text(String.join(" ", words));
    }

    private static String label(PositionalParamSpec positional) {
        String label = positional.paramLabel() + (positional.arity().max() > 1 ? "..." : "");
        return positional.arity().min() == 0 ? "[" + label + "]" : label;
    }

    private static String value(OptionSpec option) {
        return option.arity().max() == 0 ? "" : "=" + option.paramLabel();
    }

    private static void paragraphs(Roff roff, String... lines) {
        boolean text = false;
        for (String line : lines) {
            if (line.isEmpty()) {
                text = false;
            } else {
                roff.paragraphUnless(text);
                roff.text(plain(line));
                text = true;
            }
        }
    }

    private void commands(Roff roff) {
        roff.macro("SH", "COMMANDS");
        for (CommandLine leaf : leaves()) {
            roff.term(leaf.getCommandSpec().qualifiedName(), sentence(leaf.getCommandSpec()) + ".");
        }
    }

    private static void arguments(Roff roff, CommandSpec command) {
        roff.macro("SH", "OPTIONS");
        command.positionalParameters().forEach(one -> roff.term(label(one), description(one)));
        for (OptionSpec option : command.options()) {
            String names = Arrays.stream(option.names()).collect(Collectors.joining(", "));
            roff.term(names + value(option), description(option));
        }
    }

    private static String description(ArgSpec argument) {
        String text = text(argument.description());
        return argument.completionCandidates() == null
                ? text
                : text.replace("${COMPLETION-CANDIDATES}", String.join(", ", argument.completionCandidates()));
    }

    /// A command's footer has examples; that of the whole command holds for every page, and so do its exit
    /// statuses.
    private void footer(Roff roff, CommandSpec command) {
        var whole = root.getCommandSpec();
        if (command.parent() != null && command.usageMessage().footer().length > 0) {
            section(roff, command);
        }
        roff.macro("SH", "EXIT STATUS");
        whole.usageMessage().exitCodeList().forEach(roff::term);
        section(roff, whole);
    }

    private static void section(Roff roff, CommandSpec command) {
        String heading = command.usageMessage().footerHeading().replace("%n", "");
        roff.macro("SH", heading.replace(":", "").toUpperCase(Locale.ROOT));
        roff.verbatim(command.usageMessage().footer());
    }

    private void seeAlso(Roff roff, CommandLine line) {
        roff.macro("SH", "SEE ALSO");
        var others = new ArrayList<>(leaves());
        others.addFirst(root);
        others.remove(line);
        roff.text(others.stream().map(other -> page(other) + "(1)").collect(Collectors.joining(", ")));
    }
}
