// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signatures;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Verification;
import dev.chancery.cli.office.VerificationOptions;
import dev.chancery.cli.receipts.LogOption;
import dev.chancery.cli.receipts.Receipts;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Predicate;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.json.JsonFields;
import dev.chancery.policy.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery verify`.
public final class VerifyCommand extends Command {
    private final Supplier<List<Path>> files = pathArguments("FILE", 1, "What to verify; - for standard input.");
    private final Supplier<List<String>> requirements = options(
            "--require",
            "WHO",
            "An authority, or K:NAME,NAME,... for at least K of them. All that are given must hold.");
    private final Supplier<List<String>> attested = options(
            "--attested",
            "WHO",
            "Who must have stated what --predicate-type and --param say, in the form of --require. Without it everyone"
                    + " in --require has to.");
    private final Supplier<Optional<String>> predicateType = option(
            "--predicate-type",
            "URI",
            "The kind of statement. Default with --param: that of 'chancery attest --param'.");
    private final Supplier<List<String>> params = options(
            "--param",
            "KEY=VALUE",
            "What the statement says: job=42, or /a/b=42 deep in a predicate. All that are given must stand in one.");
    private final Supplier<Optional<Path>> policy =
            pathOption("--policy", "FILE", "A policy file instead: docs/policies.md.");
    private final Supplier<Optional<Path>> keyring = pathOption(
            "--keyring", "DIR", "Public keys as 'chancery keyring export' writes them. Default: the office's own.");
    private final Supplier<List<Path>> signatures = pathOptions(
            "--signature",
            "FILE",
            "A signature file, wherever it lies and whatever its name; then none is looked for.");
    private final Supplier<Optional<String>> name =
            option("--name", "NAME", "The name of standard input's artifact, for the policy.");
    private final Supplier<Optional<Path>> output =
            pathOption("--output", "PATH", "Write the text of a cleartext document here once it is accepted.");
    private final Supplier<Optional<String>> log = option(
            "--log",
            "KEY|FILE",
            "A log's public key, or a policy with logs and witnesses: only signatures count whose receipt beside them"
                    + " (.tlog-proof) proves that they are logged.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public VerifyCommand(Terminal terminal) {
        super(
                terminal,
                "Tells who signed files, and whether that is who must have.",
                "",
                "Finds the signature files beside each FILE, checks them against the keyring without any network,"
                        + " counts each authority once, and exits with 0 when every requirement holds, 1 when not.");
        examples(
                "  chancery verify app.jar --require jenkins-prd --require 2:qa,security,release",
                "  chancery verify app.jar --require qa --attested jenkins-prd --param job=42",
                "  chancery verify app.jar --policy release.json --keyring keyring --json",
                "  chancery verify app.jar --require release --log example.com/log+1a2b3c4d+AZ...",
                "  chancery verify InRelease --require release --output Release",
                "  chancery verify - --signature dir.tar.asc --require qa < dir.tar");
    }

    @Override
    public Integer call() {
        var wiring = Wiring.ofLibraries();
        var verification = new Verification(
                terminal(),
                wiring,
                VerificationOptions.policyOf(requirements(), policy.get()),
                VerificationOptions.keyring(terminal(), keyring.get(), wiring));
        log.get().ifPresent(demanded -> verification.demand(new Receipts(LogOption.policy(demanded))));
        var text = output.get().map(TextOutput::new);
        var answers = new ArrayList<Verification.Answer>();
        for (Path file : files.get()) {
            answers.add(verification.verify(content(file), signatures.get()));
        }
        if (json.get()) {
            var documents = answers.stream().map(Verification.Answer::toJson).toList();
            terminal()
                    .out()
                    .print(new JsonFields().put("verified", documents).toJson().pretty());
        } else {
            answers.forEach(answer -> answer.print(terminal().out()));
        }
        boolean accepted = answers.stream().allMatch(Verification.Answer::accepted);
        if (accepted) {
            text.ifPresent(place -> place.write(answers));
        } else {
            verification
                    .strangers()
                    .forEach(name -> terminal().err().println("hint: the keyring has no key of %s".formatted(name)));
        }
        return accepted ? ExitStatus.DONE : ExitStatus.VERIFICATION_SAYS_NO;
    }

    /// Whoever must have signed, and whoever must have stated something.
    private List<Requirement> requirements() {
        boolean stating = predicateType.get().isPresent() || !params.get().isEmpty();
        if (!stating && !attested.get().isEmpty()) {
            throw new UsageException("--attested needs --predicate-type or --param: what must have been stated");
        }
        var signed = new ArrayList<>(requirements.get());
        var stated = new ArrayList<>(attested.get());
        if (stating && stated.isEmpty()) {
            if (signed.isEmpty()) {
                throw new UsageException("say who must have stated it: --require WHO, or --attested WHO;"
                        + " a policy file says it itself");
            }
            stated.addAll(signed);
            signed.clear();
        }
        var all = new ArrayList<>(signed.stream().map(Requirement::parse).toList());
        var values = Parameters.parse(params.get());
        stated.forEach(who ->
                all.add(Requirement.parse(who).stating(predicateType.get().orElse(Predicate.PARAMETERS), values)));
        return all;
    }

    private Content content(Path file) {
        if (!file.equals(Path.of("-"))) {
            if (name.get().isPresent()) {
                throw new UsageException("--name is for standard input; a file is verified under its own name");
            }
            return Content.fileOrDirectory(file);
        }
        if (signatures.get().isEmpty()) {
            throw new UsageException("standard input has no files beside it; name them with --signature");
        }
        return Content.standardInput(terminal(), new ArtifactName(name.get().orElse("stdin")));
    }

    /// Where the text of a document goes; a place that is taken is found before anything is verified.
    private record TextOutput(Path path, OutputFiles files) {
        TextOutput(Path path) {
            this(path, new OutputFiles(false));
            files.requireFree(path);
        }

        void write(List<Verification.Answer> answers) {
            if (answers.size() != 1 || answers.getFirst().text().isEmpty()) {
                throw new UsageException("--output is for one cleartext document");
            }
            files.write(path, answers.getFirst().text().get());
            files.commit();
        }
    }
}
