// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signatures;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.office.Candidates;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.signing.Signing;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.cli.timestamps.TimestampOptions;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.key.KeyId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery sign`.
public final class SignCommand extends AskingCommand {
    private final Supplier<List<Path>> files = pathArguments("FILE", 0, "What to sign; none or - for standard input.");
    private final Supplier<List<String>> authorities =
            requiredOptions("--as", "AUTHORITY", "Who signs: an authority of the office. May be given several times.");
    private final Supplier<List<String>> formats = options(
            "--format",
            "FORMAT",
            new Candidates.FormatNames(),
            "One of ${COMPLETION-CANDIDATES}. Default: each that the authority has a key for."
                    + " May be given several times.");
    private final Supplier<Optional<String>> key =
            option("--key", "ID", "The key, by its 64 hex digits, when there are several.");
    private final Supplier<Optional<String>> encoding = option(
            "--encoding",
            "ENCODING",
            new Candidates.Encodings(),
            "armor (.asc), binary (.sig) or cleartext (a document with the text in it).");
    private final Supplier<Optional<String>> suffix =
            option("--suffix", "SUFFIX", "Suffix of the signature file instead of the format's own: .sig");
    private final Supplier<Optional<Path>> output = pathOption(
            "--output", "PATH", "Where the signature goes, - for standard output; for one file, authority and format.");
    private final Supplier<Optional<String>> name =
            option("--name", "NAME", "The artifact's name where the input has none.");
    private final Supplier<Optional<String>> timestampService = option(
            "--timestamp-service",
            "URL",
            "Have this service (RFC 3161) say when each cms signature was there; or CHANCERY_TIMESTAMP_SERVICE.");
    private final Supplier<Optional<Path>> timestampCertificate = pathOption(
            "--timestamp-certificate",
            "FILE",
            "The service's certificate, or a certificate authority's above it, in PEM; or"
                    + " CHANCERY_TIMESTAMP_CERTIFICATE. Default: those of the keyring.");
    private final Supplier<Boolean> perAuthority =
            flag("--per-authority", "Name files FILE.AUTHORITY.asc also for a single authority.");
    private final Supplier<Boolean> join = flag(
            "--join",
            "Put all signatures of a format into one file, also into one that is there: cms, and openpgp in binary.");
    private final Supplier<Boolean> force =
            flag("--force", "Replace signature files that are there already; with --join, a key's earlier signature.");
    private final Supplier<Boolean> json = flag("--json", "Say what was signed as JSON.");

    public SignCommand(Terminal terminal) {
        super(
                terminal,
                "Signs files as one or more authorities.",
                "",
                "Each signature is checked against the file before it is written beside it: FILE.asc, FILE.sig,"
                        + " FILE.raw.sig; FILE.AUTHORITY.asc and so on when several authorities sign.");
        examples(
                "  chancery sign app.jar --as jenkins-prd",
                "  chancery sign app.jar --as jenkins-prd --as qa --format openpgp --encoding binary",
                "  chancery sign app.jar --as jenkins-prd --as qa --format cms --join",
                "  chancery sign app.jar --as qa --format cms --timestamp-service http://timestamp.example.com",
                "  chancery sign app.jar --as qa --server https://chancery.example.com --token-file token",
                "  chancery sign Release --as release --encoding cleartext --output InRelease",
                "  tar c dir | chancery sign --as qa --format openpgp --name dir.tar > dir.tar.asc");
    }

    @Override
    public Integer call() {
        try (var means = means(files.get().size() * authorities.get().size())) {
            var signing = new Signing(terminal(), means, choice(), naming());
            stamps(means).ifPresent(signing::stamp);
            signing.sign(contents());
            if (json.get()) {
                terminal().out().print(signing.json().pretty());
            }
        }
        return ExitStatus.DONE;
    }

    /// Classes that know timestamps are met only here, when somebody asks for one.
    private Optional<Signing.Stamps> stamps(Means means) {
        if (timestampService.get().isEmpty()
                && timestampCertificate.get().isEmpty()
                && terminal()
                        .environment()
                        .getOrDefault(TimestampOptions.SERVICE, "")
                        .isEmpty()) {
            return Optional.empty();
        }
        var options = new TimestampOptions(timestampService.get(), timestampCertificate.get());
        return Optional.of(
                new Signing.Stamps(options.isAsked(), () -> options.stamp(terminal(), () -> localKeyring(means))));
    }

    private Signing.Choice choice() {
        return new Signing.Choice(
                authorities.get().stream().map(Authority::new).distinct().toList(),
                formats.get().stream().map(FormatName::new).distinct().toList(),
                key.get().map(SignCommand::keyId),
                encoding.get().map(Encoding::parse));
    }

    static KeyId keyId(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new HintedException(
                    MalformedException.value("key", text, "is not 64 lower-case hex digits"),
                    "'chancery authority list --json' shows them");
        }
        return new KeyId(text);
    }

    private Signing.Naming naming() {
        suffix.get().ifPresent(SignCommand::requireSuffix);
        return new Signing.Naming(
                output.get().map(Path::toString),
                suffix.get(),
                perAuthority.get()
                        || (!join.get() && authorities.get().stream().distinct().count() > 1),
                join.get(),
                force.get(),
                json.get(),
                receipts());
    }

    private static void requireSuffix(String suffix) {
        if (!suffix.startsWith(".") || suffix.contains("/")) {
            throw new UsageException(
                    "suffix %s does not begin with a dot, or holds a slash".formatted(Quoted.text(suffix)));
        }
    }

    private List<Content> contents() {
        var files = this.files.get();
        if (files.isEmpty() || files.equals(List.of(Path.of("-")))) {
            return List.of(Content.standardInput(
                    terminal(), new ArtifactName(name.get().orElse("stdin"))));
        }
        if (name.get().isPresent()) {
            throw new UsageException("--name is for standard input; a file is signed under its own name");
        }
        if (files.contains(Path.of("-"))) {
            throw new UsageException("standard input (-) is signed alone; a file of that name is ./-");
        }
        return files.stream().map(Content::file).toList();
    }
}
