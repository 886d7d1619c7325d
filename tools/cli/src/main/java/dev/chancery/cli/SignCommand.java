// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.office.Candidates;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.Signing;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.key.KeyId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `chancery sign`.
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  chancery sign app.jar --as jenkins-prd",
            "  chancery sign app.jar --as jenkins-prd --as qa --format openpgp --encoding binary",
            "  chancery sign Release --as release --encoding cleartext --output InRelease",
            "  tar c dir | chancery sign --as qa --format openpgp --name dir.tar > dir.tar.asc"
        },
        description = {
            "Signs files as one or more authorities.",
            "",
            "Each signature is checked against the file before it is written beside it: FILE.asc, FILE.sig,"
                    + " FILE.raw.sig;"
                    + " FILE.AUTHORITY.asc and so on when several authorities sign."
        })
final class SignCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "What to sign; none or - for standard input.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--as",
            paramLabel = "AUTHORITY",
            required = true,
            description = "Who signs: an authority of the office. May be given several times.")
    private List<String> authorities = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = Candidates.FormatNames.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: each that the authority has a key for."
                    + " May be given several times.")
    private List<String> formats = new ArrayList<>();

    @Option(names = "--key", paramLabel = "ID", description = "The key, by its 64 hex digits, when there are several.")
    private @Nullable String key;

    @Option(
            names = "--encoding",
            paramLabel = "ENCODING",
            completionCandidates = Candidates.Encodings.class,
            description = "armor (.asc), binary (.sig) or cleartext (a document with the text in it).")
    private @Nullable String encoding;

    @Option(
            names = "--suffix",
            paramLabel = "SUFFIX",
            description = "Suffix of the signature file instead of the format's own: .sig")
    private @Nullable String suffix;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = "Where the signature goes, - for standard output; for one file, authority and format.")
    private @Nullable Path output;

    @Option(names = "--name", paramLabel = "NAME", description = "The artifact's name where the input has none.")
    private @Nullable String name;

    @Option(names = "--per-authority", description = "Name files FILE.AUTHORITY.asc also for a single authority.")
    private boolean perAuthority;

    @Option(names = "--force", description = "Replace signature files that are there already.")
    private boolean force;

    @Option(names = "--json", description = "Say what was signed as JSON.")
    private boolean json;

    SignCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal, files.size() * authorities.size());
        var signing = new Signing(terminal, office, choice(), naming());
        signing.sign(contents());
        if (json) {
            terminal.out().print(signing.json().pretty());
        }
        return ExitStatus.DONE;
    }

    private Signing.Choice choice() {
        return new Signing.Choice(
                authorities.stream().map(Authority::new).distinct().toList(),
                formats.stream().map(FormatName::new).distinct().toList(),
                Optional.ofNullable(key).map(SignCommand::keyId),
                Optional.ofNullable(encoding).map(Encoding::parse));
    }

    private static KeyId keyId(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new HintedException(
                    MalformedException.value("key", text, "is not 64 lower-case hex digits"),
                    "'chancery authority list --json' shows them");
        }
        return new KeyId(text);
    }

    private Signing.Naming naming() {
        if (suffix != null && (!suffix.startsWith(".") || suffix.contains("/"))) {
            throw new UsageException(
                    "suffix %s does not begin with a dot, or holds a slash".formatted(Quoted.text(suffix)));
        }
        return new Signing.Naming(
                Optional.ofNullable(output).map(Path::toString),
                Optional.ofNullable(suffix),
                perAuthority || authorities.stream().distinct().count() > 1,
                force,
                json);
    }

    private List<Content> contents() {
        if (files.isEmpty() || files.equals(List.of(Path.of("-")))) {
            return List.of(Content.standardInput(terminal, new ArtifactName(name == null ? "stdin" : name)));
        }
        if (name != null) {
            throw new UsageException("--name is for standard input; a file is signed under its own name");
        }
        if (files.contains(Path.of("-"))) {
            throw new UsageException("standard input (-) is signed alone; a file of that name is ./-");
        }
        return files.stream().map(Content::file).toList();
    }
}
