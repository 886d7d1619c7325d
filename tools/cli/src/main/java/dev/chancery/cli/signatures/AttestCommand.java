// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signatures;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.signing.Attesting;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.Predicate;
import dev.chancery.core.Quoted;
import dev.chancery.files.InputFiles;
import dev.chancery.statement.Statement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// `chancery attest`.
public final class AttestCommand extends AskingCommand {
    private final Supplier<List<Path>> files =
            pathArguments("FILE", 1, "What the statement is about: files, all in one statement, or one directory.");
    private final Supplier<List<String>> authorities = requiredOptions(
            "--as", "AUTHORITY", "Who states it: an authority of the office. May be given several times.");
    private final Supplier<List<String>> params =
            options("--param", "KEY=VALUE", "Something to state: job=42. May be given several times.");
    private final Supplier<Optional<Path>> predicate =
            pathOption("--predicate", "FILE", "A predicate in JSON instead, of the type that --predicate-type says.");
    private final Supplier<Optional<String>> predicateType =
            option("--predicate-type", "URI", "What kind of predicate it is: https://spdx.dev/Document");
    private final Supplier<Boolean> provenance = flag(
            "--provenance", "State SLSA provenance v1, from the environment of GitHub Actions, GitLab CI or Jenkins.");
    private final Supplier<Optional<String>> key =
            option("--key", "ID", "The key, by its 64 hex digits, when there are several.");
    private final Supplier<Optional<String>> label = option(
            "--label", "LABEL", "One more word in the file's name, where an authority states several things: tests");
    private final Supplier<Optional<String>> output =
            option("--output", "PATH", "Where the statement goes, once; - for standard output.");
    private final Supplier<Boolean> force = flag("--force", "Replace files that are there already.");
    private final Supplier<Boolean> json = flag("--json", "Say what was stated as JSON.");

    public AttestCommand(Terminal terminal) {
        super(
                terminal,
                "States something about files, signed by one or more authorities.",
                "",
                "Writes an in-toto statement in a Sigstore bundle beside each file:"
                        + " FILE.AUTHORITY.intoto.sigstore.json, for 'chancery verify --predicate-type' and for"
                        + " 'cosign verify-blob-attestation'.",
                "",
                "Of a directory it states what files are in it, with their digests, as OpenSSF model signing does.");
        examples(
                "  chancery attest app.jar --as jenkins-prd --param job=42 --param branch=main",
                "  chancery attest app.jar app.pom --as jenkins-prd --provenance",
                "  chancery attest app.jar --as qa --predicate sbom.json --predicate-type https://spdx.dev/Document"
                        + " --label sbom",
                "  chancery attest model/ --as release");
    }

    @Override
    public Integer call() {
        try (var means = means(authorities.get().size())) {
            var attesting = new Attesting(terminal(), means, choice(), naming());
            attest(attesting, files.get().stream().map(Content::fileOrDirectory).toList());
            if (json.get()) {
                terminal().out().print(attesting.json().pretty());
            }
        }
        return ExitStatus.DONE;
    }

    private void attest(Attesting attesting, List<Content> contents) {
        if (contents.stream().anyMatch(Content::isDirectory)) {
            requireNothingSaid(contents);
            attesting.attestDirectory(contents.getFirst());
        } else {
            attesting.attest(contents, said());
        }
    }

    private Attesting.Choice choice() {
        return new Attesting.Choice(
                authorities.get().stream().map(Authority::new).distinct().toList(),
                key.get().map(SignCommand::keyId));
    }

    private Attesting.Naming naming() {
        label.get().ifPresent(AttestCommand::requireLabel);
        if (label.get().isPresent() && output.get().isPresent()) {
            throw new UsageException("--label and --output exclude each other");
        }
        if (json.get() && output.get().filter("-"::equals).isPresent()) {
            throw new UsageException("standard output cannot take a statement and --json; name a file with --output");
        }
        return new Attesting.Naming(output.get(), label.get(), force.get(), json.get(), receipts());
    }

    private static void requireLabel(String label) {
        if (!label.matches("[a-z0-9-]{1,64}")) {
            throw new UsageException(
                    "label %s is not 1 to 64 lower-case letters, digits and -".formatted(Quoted.text(label)));
        }
    }

    private void requireNothingSaid(List<Content> contents) {
        if (contents.size() > 1) {
            throw new UsageException("a directory is attested alone");
        }
        if (sources() > 0) {
            throw new UsageException("of a directory only its files are stated; attest an archive of it instead");
        }
    }

    private long sources() {
        return Stream.of(!params.get().isEmpty(), predicate.get().isPresent(), provenance.get())
                .filter(given -> given)
                .count();
    }

    private Attesting.Said said() {
        if (sources() != 1) {
            throw new UsageException(
                    sources() == 0
                            ? "say what to state: --param KEY=VALUE, --predicate FILE, or --provenance"
                            : "--param, --predicate and --provenance exclude each other");
        }
        if (predicateType.get().isPresent() != predicate.get().isPresent()) {
            throw new UsageException("--predicate and --predicate-type go together");
        }
        if (provenance.get()) {
            return Provenance.of(terminal().environment());
        }
        if (predicate.get().isPresent()) {
            var document = InputFiles.read("predicate file", predicate.get().get(), Statement.BYTES_MAX);
            return new Attesting.Said(predicateType.get().orElseThrow(), Statement.readPredicate(document));
        }
        return new Attesting.Said(Predicate.PARAMETERS, Statement.parameters(Parameters.parse(params.get())));
    }
}
