// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.command;

import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Quoted;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/// One command: how it is called, and what it does.
///
/// Options and arguments are defined by calls, each of which returns where the value will stand once the command
/// line is parsed. Not by picocli's annotations: reading those takes as long as all the rest of a start
/// (docs/decisions/0003-start-up.md).
public abstract class Command implements Callable<Integer> {
    /// Makes the lists that collect values, and nothing else. picocli's own looks for Groovy in every jar.
    public static final IFactory LISTS = new Lists();

    private final Terminal terminal;
    private final CommandSpec spec;

    /// The first line of `description` says it all; an empty line begins a paragraph.
    @SuppressWarnings("this-escape") // picocli keeps the command, to call it later, and does not look into it
    protected Command(Terminal terminal, String... description) {
        this.terminal = terminal;
        this.spec = CommandSpec.wrapWithoutInspection(this, LISTS);
        spec.usageMessage().description(description);
        addStandardOptions(spec);
    }

    /// `--help` and `--version`, which every command has.
    public static void addStandardOptions(CommandSpec spec) {
        spec.versionProvider(new Version());
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
    }

    protected final Terminal terminal() {
        return terminal;
    }

    /// For picocli: the command as data.
    public final CommandSpec spec() {
        return spec;
    }

    protected final void examples(String... lines) {
        spec.usageMessage().footerHeading("%nExamples:%n").footer(lines);
    }

    protected final Supplier<Boolean> flag(String name, String meaning) {
        var option = OptionSpec.builder(name).type(boolean.class).arity("0");
        return value(spec, option.description(meaning).build(), false);
    }

    /// `--name LABEL`, at most once.
    protected final Supplier<Optional<String>> option(String name, String label, String meaning) {
        return optional(spec, one(name, label, meaning, String.class).build());
    }

    /// `--name LABEL`, at most once, where shells complete one of `values`.
    protected final Supplier<Optional<String>> option(
            String name, String label, Iterable<String> values, String meaning) {
        return optional(
                spec,
                one(name, label, meaning, String.class)
                        .completionCandidates(values)
                        .build());
    }

    /// `--name LABEL`, exactly once.
    protected final Supplier<String> requiredOption(String name, String label, String meaning) {
        return value(
                spec, one(name, label, meaning, String.class).required(true).build(), "");
    }

    /// `--name PATH`, exactly once.
    protected final Supplier<Path> requiredPathOption(String name, String label, String meaning) {
        var option =
                one(name, label, meaning, Path.class).converters(Command::path).required(true);
        return value(spec, option.build(), Path.of(""));
    }

    /// `--name PATH`, at most once.
    protected final Supplier<Optional<Path>> pathOption(String name, String label, String meaning) {
        return optional(
                spec,
                one(name, label, meaning, Path.class).converters(Command::path).build());
    }

    /// `--name LABEL`, any number of times.
    protected final Supplier<List<String>> options(String name, String label, String meaning) {
        return value(spec, several(name, label, meaning, String.class).build(), List.of());
    }

    /// `--name LABEL`, any number of times, where shells complete one of `values`.
    protected final Supplier<List<String>> options(String name, String label, Iterable<String> values, String meaning) {
        var option = several(name, label, meaning, String.class).completionCandidates(values);
        return value(spec, option.build(), List.of());
    }

    /// `--name LABEL`, at least once.
    protected final Supplier<List<String>> requiredOptions(String name, String label, String meaning) {
        var option = several(name, label, meaning, String.class).required(true);
        return value(spec, option.build(), List.of());
    }

    /// `--name PATH`, any number of times.
    protected final Supplier<List<Path>> pathOptions(String name, String label, String meaning) {
        return value(
                spec,
                several(name, label, meaning, Path.class)
                        .converters(Command::path)
                        .build(),
                List.of());
    }

    /// An argument that has to be there.
    protected final Supplier<String> argument(String label, String meaning) {
        return value(spec, positional(label, meaning, "1", String.class).build(), "");
    }

    /// An argument that has to be there, where shells complete one of `values`.
    protected final Supplier<String> argument(String label, Iterable<String> values, String meaning) {
        var argument = positional(label, meaning, "1", String.class).completionCandidates(values);
        return value(spec, argument.build(), "");
    }

    /// A path that has to be there.
    protected final Supplier<Path> pathArgument(String label, String meaning) {
        return value(
                spec,
                positional(label, meaning, "1", Path.class)
                        .converters(Command::path)
                        .build(),
                Path.of(""));
    }

    /// A path that may be there.
    protected final Supplier<Optional<Path>> optionalPathArgument(String label, String meaning) {
        return optional(
                spec,
                positional(label, meaning, "0..1", Path.class)
                        .converters(Command::path)
                        .build());
    }

    /// Texts, `least` or more.
    protected final Supplier<List<String>> arguments(String label, int least, String meaning) {
        var arguments = positional(label, meaning, least + "..*", List.class).auxiliaryTypes(String.class);
        return value(spec, arguments.build(), List.of());
    }

    /// Paths, `least` or more.
    protected final Supplier<List<Path>> pathArguments(String label, int least, String meaning) {
        var arguments = positional(label, meaning, least + "..*", List.class)
                .auxiliaryTypes(Path.class)
                .converters(Command::path);
        return value(spec, arguments.build(), List.of());
    }

    private static OptionSpec.Builder one(String name, String label, String meaning, Class<?> type) {
        return OptionSpec.builder(name).paramLabel(label).type(type).arity("1").description(meaning);
    }

    private static OptionSpec.Builder several(String name, String label, String meaning, Class<?> type) {
        return one(name, label, meaning, List.class).auxiliaryTypes(type);
    }

    /// Arguments stand in the order in which they were defined.
    private PositionalParamSpec.Builder positional(String label, String meaning, String arity, Class<?> type) {
        int place = spec.positionalParameters().size();
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .type(type)
                .index(arity.endsWith("*") ? place + "..*" : String.valueOf(place))
                .arity(arity)
                .required(!arity.startsWith("0"))
                .description(meaning);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("%s cannot be a file's name".formatted(Quoted.text(text)));
        }
    }

    private static <T> Supplier<T> value(CommandSpec spec, ArgSpec argument, T otherwise) {
        spec.add(argument);
        return () -> Objects.requireNonNullElse(argument.<T>getValue(), otherwise);
    }

    private static <T> Supplier<Optional<T>> optional(CommandSpec spec, ArgSpec argument) {
        spec.add(argument);
        return () -> Optional.ofNullable(argument.<T>getValue());
    }

    private static final class Lists implements IFactory {
        @Override
        public <K> K create(Class<K> type) {
            return type.cast(new ArrayList<>());
        }
    }
}
