// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.tags;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.tag.TagFile;
import dev.chancery.tag.TagName;
import dev.chancery.tag.TagPayload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery tag sign`.
public final class TagSignCommand extends Command {
    private final Supplier<String> name = argument("NAME", "A tag that is there.");
    private final Supplier<List<String>> authorities =
            requiredOptions("--as", "AUTHORITY", "Who signs: an authority of the office. May be given several times.");
    private final Supplier<Optional<Path>> tags =
            pathOption("--tags", "DIR", "Where tags lie. Default: the office's own directory.");
    private final Supplier<Boolean> force = flag("--force", "Replace the signature that the authority has there.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public TagSignCommand(Terminal terminal) {
        super(
                terminal,
                "Adds signatures to a tag.",
                "",
                "The text and the signatures of others stay as they are. Look at what you sign first, and at who has"
                        + " signed it before you: 'chancery tag show'.");
        examples("  chancery tag show jira-1.0 --require jenkins-prd", "  chancery tag sign jira-1.0 --as qa");
    }

    @Override
    public Integer call() {
        var tag = new TagName(name.get());
        var store = TagStore.of(terminal(), tags.get());
        var signers = authorities.get().stream().map(Authority::new).distinct().toList();
        TagFile before = TagFile.parse(store.read(tag));
        TagPayload payload = before.payload().named(tag);
        signers.forEach(signer -> requireAbsent(before, signer));
        var signed = new TagSignatures(terminal(), signers).over(tag, payload);
        store.change(tag, now -> joined(now, payload, signed));
        new TagAnswer(tag, signed, store.file(tag)).print(terminal(), json.get());
        return ExitStatus.DONE;
    }

    private void requireAbsent(TagFile file, Authority signer) {
        if (!force.get() && file.claimed().contains(signer)) {
            throw new HintedException(
                    new MalformedException("tag %s has a signature of %s already".formatted(name.get(), signer)),
                    "--force replaces it");
        }
    }

    /// Others may have signed in the meantime. What they signed must be what was signed here.
    private TagFile joined(TagFile now, TagPayload payload, Map<Authority, TagSignatures.Signed> signed) {
        if (!now.payload().bytes().equals(payload.bytes())) {
            throw new UnavailableException(
                    "tag %s says something else than a moment ago; nothing was written".formatted(name.get()));
        }
        TagFile file = now;
        for (var one : signed.entrySet()) {
            requireAbsent(file, one.getKey());
            file = file.with(one.getValue().signature());
        }
        return file;
    }
}
