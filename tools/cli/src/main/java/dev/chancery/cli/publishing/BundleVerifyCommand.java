// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.files.NewDirectory;
import dev.chancery.cli.office.Verification;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.files.InputFiles;
import dev.chancery.json.JsonFields;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// `chancery bundle verify` and `chancery bundle unpack`.
public final class BundleVerifyCommand extends PolicyCommand {
    private final Supplier<Path> bundle = pathArgument("BUNDLE", "What 'chancery bundle create' made.");
    private final Supplier<Optional<Path>> output;
    private final boolean unpacks;

    private BundleVerifyCommand(Terminal terminal, boolean unpacks, String... description) {
        super(terminal, description);
        this.unpacks = unpacks;
        this.output = unpacks
                ? pathOption("--output", "DIR", "Where its artifacts go: a directory that is new or empty.")
                : Optional::empty;
    }

    public static BundleVerifyCommand verifying(Terminal terminal) {
        var command = new BundleVerifyCommand(
                terminal,
                false,
                "Verifies every artifact of a bundle, without a network.",
                "",
                "The keys and the policy are those of this host. What the bundle brings is for other tools, and for"
                        + " 'chancery keyring update', which takes newer keys if those that are here vouch for them.");
        command.examples(
                "  chancery bundle verify release-1.2.zip --policy release.json --keyring /etc/chancery/keyring");
        return command;
    }

    public static BundleVerifyCommand unpacking(Terminal terminal) {
        var command = new BundleVerifyCommand(
                terminal,
                true,
                "Unpacks the artifacts of a bundle with their signatures, if all are accepted.",
                "",
                "They arrive in a hidden directory, are verified there, and get their names when every one is"
                        + " accepted.");
        command.examples("  chancery bundle unpack release-1.2.zip --policy release.json --output /srv/install");
        return command;
    }

    @Override
    public Integer call() {
        var judge = judge();
        var answers = new ArrayList<Verification.Answer>();
        try (var files = BundleFiles.open(bundle.get())) {
            if (unpacks) {
                unpack(judge, files, answers);
            } else {
                answers.addAll(verified(judge, files));
            }
        }
        boolean accepted = answers.stream().allMatch(Verification.Answer::accepted);
        if (inJson()) {
            var documents = answers.stream().map(Verification.Answer::toJson).toList();
            terminal()
                    .out()
                    .print(new JsonFields().put("artifacts", documents).toJson().pretty());
        } else {
            answers.forEach(answer -> answer.print(terminal().out()));
        }
        if (!accepted) {
            judge.hint(terminal());
        }
        return accepted ? ExitStatus.DONE : ExitStatus.VERIFICATION_SAYS_NO;
    }

    /// In the file. It holds nothing that two programs could read in two ways: [BundleFiles] has seen to that. What is
    /// small is read by the JDK's file system, which takes whole files into memory; artifacts stream.
    private List<Verification.Answer> verified(Judge judge, BundleFiles files) {
        try (var zip = FileSystems.newFileSystem(bundle.get())) {
            return files.artifacts().stream()
                    .map(name -> files.content(name, zip.getPath("/" + BundleFiles.ARTIFACTS, name.text())))
                    .map(content -> judge.verification().verify(content, List.of()))
                    .toList();
        } catch (IOException e) {
            throw InputFiles.unreadable("bundle", bundle.get(), e);
        }
    }

    /// What was refused: the directory that was being filled is not to stay.
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void unpack(Judge judge, BundleFiles files, List<Verification.Answer> answers) {
        Path target = output.get().orElseThrow(() -> new UsageException("'chancery bundle unpack' needs --output DIR"));
        try {
            new NewDirectory(target, "--output names another directory").fill(hidden -> {
                files.unpack(hidden);
                var kept = new HashSet<String>();
                for (var name : files.artifacts()) {
                    Path artifact = hidden.resolve(name.text());
                    var answer = judge.verification().verify(Content.file(artifact), List.of());
                    answers.add(answer);
                    if (answer.accepted()) {
                        Publishing.files(artifact, answer)
                                .forEach(file -> kept.add(file.name().text()));
                    }
                }
                if (!answers.stream().allMatch(Verification.Answer::accepted)) {
                    throw new Refused();
                }
                removeOthers(hidden, kept);
            });
        } catch (Refused refused) {
            // The answers say why.
        }
    }

    /// Signatures that do not count.
    private static void removeOthers(Path directory, Set<String> kept) {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (!kept.contains(String.valueOf(file.getFileName()))) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be written: %s".formatted(directory, FileCause.of(e)), e);
        }
    }
}
