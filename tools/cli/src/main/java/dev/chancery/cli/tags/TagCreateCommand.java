// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.tags;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.files.InputFiles;
import dev.chancery.tag.TagFile;
import dev.chancery.tag.TagName;
import dev.chancery.tag.TagPayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `chancery tag create`.
public final class TagCreateCommand extends Command {
    private final Supplier<String> name =
            argument("NAME", "Letters, digits, '.', '_' and '-'; at most 128, no '.' or '-' in front.");
    private final Supplier<Optional<Path>> text =
            optionalPathArgument("FILE", "What the tag says; - for standard input. At most 64 KiB of UTF-8.");
    private final Supplier<List<String>> authorities =
            requiredOptions("--as", "AUTHORITY", "Who signs: an authority of the office. May be given several times.");
    private final Supplier<List<String>> parameters = options(
            "--param", "KEY=VALUE", "Instead of FILE: a line 'KEY: VALUE' of the text. May be given several times.");
    private final Supplier<Optional<Path>> tags =
            pathOption("--tags", "DIR", "Where tags lie. Default: the office's own directory.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public TagCreateCommand(Terminal terminal) {
        super(
                terminal,
                "Makes a tag: a short text under a name, signed by one or more authorities.",
                "",
                "What is signed is the line 'tag: NAME' and the text behind it. A tag that is there already is never"
                        + " changed; 'chancery tag sign' adds signatures to it.");
        examples(
                "  chancery tag create jira-1.0 --as jenkins-prd --param job=42 --param user=ann",
                "  git log -1 | chancery tag create nightly-17 - --as jenkins-prd");
    }

    @Override
    public Integer call() {
        var tag = new TagName(name.get());
        var store = TagStore.of(terminal(), tags.get());
        var payload = TagPayload.of(tag, text());
        store.requireFree(tag);
        var signers = authorities.get().stream().map(Authority::new).distinct().toList();
        var signed = new TagSignatures(terminal(), signers).over(tag, payload);
        TagFile file = TagFile.of(payload);
        for (var one : signed.values()) {
            file = file.with(one.signature());
        }
        store.create(tag, file);
        new TagAnswer(tag, signed, store.file(tag)).print(terminal(), json.get());
        return ExitStatus.DONE;
    }

    private Bytes text() {
        if (text.get().isPresent() == !parameters.get().isEmpty()) {
            throw new UsageException("say what the tag is to say: a FILE, - for standard input, or --param KEY=VALUE");
        }
        if (text.get().isEmpty()) {
            String lines = parameters.get().stream().map(TagCreateCommand::line).collect(Collectors.joining());
            return Bytes.of(lines.getBytes(StandardCharsets.UTF_8));
        }
        Path file = text.get().get();
        return file.equals(Path.of("-"))
                ? Content.standardInput(terminal(), new TagName(name.get()).artifact())
                        .bytes(TagPayload.BYTES_MAX)
                : InputFiles.read("text", file, TagPayload.BYTES_MAX);
    }

    /// A key is a word, so that nobody reads one line as two or a value as a key.
    private static String line(String parameter) {
        int equals = parameter.indexOf('=');
        if (equals <= 0) {
            throw new UsageException("parameter %s is not KEY=VALUE".formatted(Quoted.text(parameter)));
        }
        String key = parameter.substring(0, equals);
        String value = parameter.substring(equals + 1);
        boolean word = key.chars().allMatch(c -> c < 0x7F && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0));
        if (!word) {
            throw MalformedException.value("parameter", key, "is not letters, digits, \".\", \"_\" and \"-\"");
        }
        if (value.indexOf('\n') >= 0) {
            throw MalformedException.value("value", value, "is more than one line");
        }
        return key + ": " + value + "\n";
    }
}
