// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.tags;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.office.Verification;
import dev.chancery.cli.office.VerificationOptions;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.json.JsonFields;
import dev.chancery.policy.VerificationPolicy;
import dev.chancery.tag.TagFile;
import dev.chancery.tag.TagName;
import dev.chancery.tag.TagPayload;
import dev.chancery.verification.SignatureFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/// `chancery tag show`.
public final class TagShowCommand extends Command {
    private static final String STANDARD_INPUT = "-";

    private final Supplier<String> given = argument("NAME", "The tag; - for a tag's file on standard input.");
    private final Supplier<List<String>> requirements = options(
            "--require",
            "WHO",
            "An authority, or K:NAME,NAME,... for at least K of them. All that are given must hold.");
    private final Supplier<Optional<Path>> policy =
            pathOption("--policy", "FILE", "A policy file instead: docs/policies.md.");
    private final Supplier<Optional<Path>> keyring = pathOption(
            "--keyring", "DIR", "Public keys as 'chancery keyring export' writes them. Default: the office's own.");
    private final Supplier<Optional<Path>> tags =
            pathOption("--tags", "DIR", "Where tags lie. Default: the office's own directory.");
    private final Supplier<Optional<String>> name = option("--name", "NAME", "Which tag standard input has to be.");
    private final Supplier<Boolean> unnamed = flag(
            "--unnamed",
            "The text has no line 'tag: NAME', as stags writes it: nobody has signed that this is the text of NAME.");
    private final Supplier<Boolean> explain = flag(
            "--explain", "Print the commands with which sed, awk, base64 and openssl do the same, and nothing else.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public TagShowCommand(Terminal terminal) {
        super(
                terminal,
                "Prints what a tag says, if who must have signed it has.",
                "",
                "Prints the text on standard output and exits with 0 when every requirement holds; else prints nothing"
                        + " of it, says on standard error what is missing, and exits with 1.");
        examples(
                "  chancery tag show jira-1.0 --require jenkins-prd --require 2:qa,security,ops",
                "  curl -sf https://store.example.org/jira-1.0.tag |",
                "      chancery tag show - --name jira-1.0 --policy p.json --keyring keyring",
                "  chancery tag show jira-1.0 --explain");
    }

    @Override
    public Integer call() {
        var tag = tag();
        Bytes bytes = given.get().equals(STANDARD_INPUT)
                ? Content.standardInput(terminal(), tag.artifact()).bytes(TagFile.BYTES_MAX)
                : TagStore.of(terminal(), tags.get()).read(tag);
        TagFile file = TagFile.parse(bytes);
        requireName(file.payload(), tag);
        return explain.get() ? explain(tag, file) : show(tag, file);
    }

    private TagName tag() {
        boolean piped = given.get().equals(STANDARD_INPUT);
        if (piped != name.get().isPresent()) {
            throw new UsageException(
                    piped
                            ? "standard input has no name; say with --name which tag it has to be"
                            : "--name is for standard input");
        }
        if (piped && tags.get().isPresent()) {
            throw new UsageException("--tags says where NAME lies, and standard input lies nowhere");
        }
        return new TagName(name.get().orElse(given.get()));
    }

    /// `--unnamed` is for a text that says no name, and no way around the name that one says.
    private void requireName(TagPayload payload, TagName tag) {
        if (!unnamed.get()) {
            payload.named(tag);
        } else if (payload.name().isPresent()) {
            throw new MalformedException("tag payload has a name line; leave out --unnamed");
        }
    }

    private int show(TagName tag, TagFile file) {
        var wiring = Wiring.ofLibraries();
        var verification = new Verification(
                terminal(), wiring, policy(), VerificationOptions.keyring(terminal(), keyring.get(), wiring));
        var content = Content.memory(tag.artifact(), file.payload().bytes());
        var signatures = new SignatureFile(tag + TagFile.SUFFIX, List.of(TagSignatures.FORMAT), file.bytes());
        var answer = verification.verify(content, signatures);
        if (json.get()) {
            printJson(tag, file.payload(), answer);
        } else if (answer.accepted()) {
            terminal().out().print(file.payload().text());
        } else {
            if (file.claimed().isEmpty()) {
                terminal().err().println("nobody has signed tag %s".formatted(tag));
            }
            answer.printFindings(terminal().err());
        }
        if (!answer.accepted()) {
            verification
                    .strangers()
                    .forEach(name -> terminal().err().println("hint: the keyring has no key of %s".formatted(name)));
        }
        return answer.accepted() ? ExitStatus.DONE : ExitStatus.VERIFICATION_SAYS_NO;
    }

    private VerificationPolicy policy() {
        return VerificationOptions.policy(requirements.get(), policy.get());
    }

    private void printJson(TagName tag, TagPayload payload, Verification.Answer answer) {
        var fields = new JsonFields().put("tag", tag.text());
        if (answer.accepted()) {
            fields.put("text", payload.text());
        }
        terminal()
                .out()
                .print(fields.put("verified", List.of(answer.toJson())).toJson().pretty());
    }

    /// For those who must have signed, else for all whose blocks stand there.
    private int explain(TagName tag, TagFile file) {
        if (json.get()) {
            throw new UsageException("--explain prints commands for a shell, not JSON");
        }
        boolean asked = policy.get().isPresent() || !requirements.get().isEmpty();
        var authorities = new TreeSet<Authority>();
        if (asked) {
            policy().rules().stream()
                    .filter(rule -> rule.matches(tag.artifact()))
                    .forEach(rule -> authorities.addAll(rule.require().authorities()));
        } else {
            authorities.addAll(file.claimed());
        }
        if (authorities.isEmpty()) {
            throw new MalformedException("nobody vouches for the text of tag %s: %s"
                    .formatted(tag, asked ? "no rule of the policy matches its name" : "it has no signature"));
        }
        String place = given.get().equals(STANDARD_INPUT)
                ? tag + TagFile.SUFFIX
                : TagStore.of(terminal(), tags.get()).file(tag).toString();
        var name = unnamed.get() ? Optional.<TagName>empty() : Optional.of(tag);
        terminal().out().print(new Explanation(asked, place, name, authorities).script());
        return ExitStatus.DONE;
    }
}
