// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.office.Candidates;
import dev.chancery.cli.places.Place;
import dev.chancery.cli.places.Places;
import dev.chancery.cli.signatures.AskingCommand;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery sign-at`.
public final class SignAtCommand extends AskingCommand {
    private final Supplier<List<String>> sources = arguments(
            "PLACE/PATTERN",
            1,
            "What to sign: a file of a place; in a directory or bucket * and ? stand for any characters and one.");
    private final Supplier<List<String>> authorities =
            requiredOptions("--as", "AUTHORITY", "Who signs: an authority of the office. May be given several times.");
    private final Supplier<List<String>> formats = options(
            "--format",
            "FORMAT",
            new Candidates.FormatNames(),
            "One of ${COMPLETION-CANDIDATES}. Default: each that the authority has a key for."
                    + " May be given several times.");
    private final Supplier<Boolean> perAuthority =
            flag("--per-authority", "Name files FILE.AUTHORITY.asc also for a single authority.");
    private final Supplier<Optional<Path>> certificate =
            pathOption("--place-certificate", "FILE", Places.CERTIFICATE_HELP);
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    private final List<Json> told = new ArrayList<>();

    public SignAtCommand(Terminal terminal) {
        super(
                terminal,
                "Signs what lies in a place already, and puts the signatures beside it.",
                "",
                "Each artifact streams through once and is not kept; a server gets its digests and no more. A signature"
                        + " that is there stays, and is not made again; what was cut off is given again.");
        examples(
                "  chancery sign-at '/srv/staging/*.rpm' --as release",
                "  chancery sign-at https://repo.example.com/raw/app/app-1.2.zip --as qa --format openpgp");
    }

    @Override
    public Integer call() {
        var places = new Places(terminal(), certificate.get());
        try (var means = means(sources.get().size() * authorities.get().size())) {
            for (String source : sources.get()) {
                signAt(means, source, places);
            }
        }
        if (json.get()) {
            terminal().out().print(new JsonFields().put("signed", told).toJson().pretty());
        }
        return ExitStatus.DONE;
    }

    private void signAt(Means means, String source, Places places) {
        var named = Named.parse(places, source);
        try (var place = named.place()) {
            Path hidden = temporary();
            try {
                for (var name : named.names(means.formats(), List.copyOf(who()))) {
                    sign(means, place, new Elsewhere(name, hidden));
                }
            } finally {
                remove(hidden);
            }
        }
    }

    private List<Authority> who() {
        return authorities.get().stream().map(Authority::new).distinct().toList();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("chancery-sign-at");
        } catch (IOException e) {
            throw new UnavailableException("no directory for signatures can be made: " + FileCause.of(e), e);
        }
    }

    private static void remove(Path directory) {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // It is the machine's temporary directory, and what is in it is public.
        }
    }

    /// An artifact of a place, and where its signatures arrive.
    private record Elsewhere(ArtifactName name, Path hidden) {
        Content in(Place place) {
            return Content.elsewhere(name, hidden.resolve(name.text()), () -> {
                var input = place.open(name)
                        .orElseThrow(() -> new UnavailableException("place %s has no %s".formatted(place, name)));
                return Channels.newChannel(input);
            });
        }
    }

    private void sign(Means means, Place place, Elsewhere artifact) {
        var content = artifact.in(place);
        var who = who();
        new Missing(
                        terminal(),
                        means,
                        Missing.choice(
                                who,
                                formats.get().stream()
                                        .map(FormatName::new)
                                        .distinct()
                                        .toList()),
                        Missing.Naming.usual(perAuthority.get() || who.size() > 1),
                        receipts())
                .sign(content, name -> beside(place, name));
        var written = new ArrayList<String>();
        new Publishing(place).publish(arrived(artifact.hidden()), done -> {
            if (done.written()) {
                written.add(done.file().name().text());
            }
        });
        tell(place, artifact.name(), written);
    }

    /// A file that is longer than a signature may be is none, and stays as any other that is there.
    private static Optional<Bytes> beside(Place place, ArtifactName name) {
        try (var input = place.open(name).orElse(null)) {
            return input == null ? Optional.empty() : Optional.of(Bytes.of(input.readNBytes(Signature.BYTES_MAX)));
        } catch (IOException e) {
            throw new UnavailableException("%s of %s cannot be read: %s".formatted(name, place, FileCause.of(e)), e);
        }
    }

    /// What was written into the directory, signatures before their receipts; it is empty afterwards.
    private static List<Published> arrived(Path hidden) {
        try (var files = Files.list(hidden)) {
            var arrived = new ArrayList<Published>();
            for (Path file : files.sorted(Comparator.comparing(Path::toString)).toList()) {
                arrived.add(Published.memory(Content.file(file).name(), Bytes.of(Files.readAllBytes(file))));
                Files.delete(file);
            }
            return arrived;
        } catch (IOException e) {
            throw new UnavailableException("signatures cannot be read again: " + FileCause.of(e), e);
        }
    }

    private void tell(Place place, ArtifactName name, List<String> written) {
        told.add(new JsonFields()
                .put("artifact", name.text())
                .put("place", place.toString())
                .putTexts("files", written)
                .toJson());
        if (!json.get()) {
            String words = written.isEmpty() ? "is signed already" : "signed: " + String.join(", ", written);
            terminal().out().println(Shown.plain("%s  %s".formatted(name, words)));
        }
    }
}
