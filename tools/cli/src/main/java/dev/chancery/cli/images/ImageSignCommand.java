// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.signatures.AskingCommand;
import dev.chancery.cli.signing.Attesting;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.signing.Signing;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery image sign`.
public final class ImageSignCommand extends AskingCommand {
    private static final FormatName BUNDLE = new FormatName("statement");
    private static final FormatName TAG = new FormatName("raw");
    private static final List<String> FORMS = List.of("bundle", "tag");

    private final Supplier<List<String>> images =
            arguments("IMAGE", 1, "REGISTRY/REPOSITORY:TAG, or REGISTRY/REPOSITORY@sha256:HEX.");
    private final Supplier<List<String>> authorities =
            requiredOptions("--as", "AUTHORITY", "Who signs: an authority of the office. May be given several times.");
    private final Supplier<List<String>> forms = options(
            "--form",
            "FORM",
            FORMS,
            "One of ${COMPLETION-CANDIDATES}. Default: each that the authority has a key for."
                    + " May be given several times.");
    private final Supplier<Optional<Path>> certificate =
            pathOption("--registry-certificate", "FILE", ImageVerifyCommand.CERTIFICATE_HELP);
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    private final List<Json> told = new ArrayList<>();

    public ImageSignCommand(Terminal terminal) {
        super(
                terminal,
                "Signs container images, and whatever else lies in an OCI registry, as cosign does.",
                "",
                "A bundle that refers to the image is for cosign 3 and 'chancery image verify', and needs a key of the"
                        + " format statement; the tag sha256-HEX.sig is for every cosign, and needs one of raw. A tag"
                        + " is resolved once; its digest is what is signed. What is there already stays.");
        examples(
                "  chancery image sign registry.example.com/app:1.2 --as release",
                "  chancery image sign localhost:5000/app@sha256:... --as jenkins-prd --as qa --form bundle");
    }

    @Override
    public Integer call() {
        forms.get().stream().filter(form -> !FORMS.contains(form)).findFirst().ifPresent(form -> {
            throw new UsageException("form %s is not bundle or tag".formatted(Quoted.text(form)));
        });
        var references = images.get().stream().map(ImageReference::parse).toList();
        var who = authorities.get().stream().map(Authority::new).distinct().toList();
        try (var means = means(references.size() * who.size() * FORMS.size())) {
            means.signer().repeatable();
            for (var reference : references) {
                sign(means, reference, who);
            }
        }
        if (json.get()) {
            terminal().out().print(new JsonFields().put("signed", told).toJson().pretty());
        }
        return ExitStatus.DONE;
    }

    private void sign(Means means, ImageReference reference, List<Authority> who) {
        try (var registry = ImageVerifyCommand.registry(terminal(), reference, certificate.get())) {
            var image = ImageVerifyCommand.manifest(registry);
            var referrers = new Referrers(registry, image);
            for (var authority : who) {
                var wanted = forms(means, authority);
                for (var format : wanted) {
                    boolean bundle = format.equals(BUNDLE);
                    var signature = bundle
                            ? statement(means, authority, reference, image)
                            : payload(means, authority, reference, referrers.payload());
                    boolean added = bundle
                            ? referrers.putBundle(signature, terminal().clock().instant())
                            : referrers.putTag(signature);
                    tell(reference.at(image.digest()), authority, bundle ? "bundle" : "tag", added);
                }
            }
        }
    }

    /// The formats of the forms that were asked for, else of those that there are keys for.
    private List<FormatName> forms(Means means, Authority authority) {
        var formats = List.of(BUNDLE, TAG);
        if (!forms.get().isEmpty()) {
            return formats.stream()
                    .filter(format -> forms.get().contains(format.equals(BUNDLE) ? "bundle" : "tag"))
                    .toList();
        }
        var known = formats.stream()
                .filter(means.signer().formats(authority)::contains)
                .toList();
        if (known.isEmpty()) {
            throw new RefusedException(
                    "no-key",
                    "%s has no key of the formats statement and raw, in which images are signed".formatted(authority));
        }
        return known;
    }

    /// The statement is about the manifest, whose SHA-256 is the image's digest.
    private Bytes statement(Means means, Authority authority, ImageReference reference, Manifest image) {
        return inDirectory(directory -> {
            Path output = directory.resolve("bundle");
            var naming = new Attesting.Naming(Optional.of(output.toString()), Optional.empty(), false, true, false);
            var choice = new Attesting.Choice(List.of(authority), Optional.empty());
            var said = new Attesting.Said(Referrers.PREDICATE, new JsonFields().toJson());
            new Attesting(terminal(), means, choice, naming)
                    .attest(List.of(Content.memory(reference.name(), image.bytes())), said);
            return Bytes.of(Files.readAllBytes(output));
        });
    }

    private Bytes payload(Means means, Authority authority, ImageReference reference, Bytes payload) {
        return inDirectory(directory -> {
            Path output = directory.resolve("signature");
            var naming = new Signing.Naming(
                    Optional.of(output.toString()), Optional.empty(), false, false, false, true, false);
            var choice = new Signing.Choice(List.of(authority), List.of(TAG), Optional.empty(), Optional.empty());
            new Signing(terminal(), means, choice, naming).sign(List.of(Content.memory(reference.name(), payload)));
            return Bytes.of(Files.readAllBytes(output));
        });
    }

    private interface Use {
        Bytes in(Path directory) throws IOException;
    }

    private static Bytes inDirectory(Use use) {
        try {
            Path directory = Files.createTempDirectory("chancery-image");
            try {
                return use.in(directory);
            } finally {
                try (var files = Files.walk(directory)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UnavailableException("no file for a signature can be made: " + FileCause.of(e), e);
        }
    }

    private void tell(String image, Authority authority, String form, boolean added) {
        told.add(new JsonFields()
                .put("image", image)
                .put("authority", authority.name())
                .put("form", form)
                .put("added", added)
                .toJson());
        if (!json.get()) {
            String words = added ? "signed as" : "is signed already as";
            terminal().out().println(Shown.plain("%s  %s %s (%s)".formatted(image, words, authority, form)));
        }
    }
}
