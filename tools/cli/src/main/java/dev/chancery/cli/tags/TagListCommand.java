// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.tags;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.ChanceryException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.tag.TagFile;
import dev.chancery.tag.TagName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `chancery tag list`.
public final class TagListCommand extends Command {
    private final Supplier<Optional<Path>> tags =
            pathOption("--tags", "DIR", "Where tags lie. Default: the office's own directory.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public TagListCommand(Terminal terminal) {
        super(
                terminal,
                "Lists tags, and whose signatures seem to stand there.",
                "",
                "Nothing is verified: 'chancery tag show' does that.");
    }

    /// A tag, or why a file is none.
    private record Entry(String name, Optional<TagFile> tag, String fault) {
        static Entry of(TagStore store, String name) {
            try {
                var file = TagFile.parse(store.read(new TagName(name)));
                return new Entry(name, Optional.of(file), "");
            } catch (ChanceryException e) {
                return new Entry(name, Optional.empty(), e.sentence());
            }
        }

        String line() {
            return Shown.plain(name) + "  "
                    + tag.map(file -> "unverified: "
                                    + file.claimed().stream()
                                            .map(Object::toString)
                                            .collect(Collectors.joining(", ")))
                            .orElse("not a tag: " + fault);
        }

        Json toJson() {
            var fields = new JsonFields().put("tag", name);
            tag.ifPresentOrElse(
                    file -> fields.putTexts("unverified", file.claimed()), () -> fields.put("message", fault));
            return fields.toJson();
        }
    }

    @Override
    public Integer call() {
        var store = TagStore.of(terminal(), tags.get());
        var entries = new ArrayList<Entry>();
        store.names().forEach(name -> entries.add(Entry.of(store, name)));
        if (json.get()) {
            var documents = entries.stream().map(Entry::toJson).toList();
            terminal()
                    .out()
                    .print(new JsonFields().put("tags", documents).toJson().pretty());
        } else {
            entries.forEach(entry -> terminal().out().println(entry.line()));
        }
        return ExitStatus.DONE;
    }
}
