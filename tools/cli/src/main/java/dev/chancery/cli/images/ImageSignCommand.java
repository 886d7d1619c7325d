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
import dev.chancery.log.Receipt;
import dev.chancery.protocol.SigningRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery image sign`.
public final class ImageSignCommand extends AskingCommand {
    /// How a signature lies in a registry, and the format that it has.
    private enum Form {
        BUNDLE("statement"),
        TAG("raw"),
        NOTATION("notation");

        private final FormatName format;

        Form(String format) {
            this.format = new FormatName(format);
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<Form> ALL = List.of(Form.values());
    private static final List<String> FORMS = ALL.stream().map(Form::label).toList();

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
                "Signs container images, and whatever else lies in an OCI registry, as cosign and notation do.",
                "",
                "A bundle that refers to the image is for cosign 3 and 'chancery image verify', and needs a key of the"
                        + " format statement; the tag sha256-HEX.sig is for every cosign, and needs one of raw;"
                        + " notation is for 'notation verify' and 'chancery image verify', and needs one of notation. A"
                        + " tag is resolved once; its digest is what is signed. What is there already stays.");
        examples(
                "  chancery image sign registry.example.com/app:1.2 --as release",
                "  chancery image sign localhost:5000/app@sha256:... --as jenkins-prd --as qa --form bundle");
    }

    @Override
    public Integer call() {
        forms.get().stream().filter(form -> !FORMS.contains(form)).findFirst().ifPresent(form -> {
            throw new UsageException("form %s is not one of %s".formatted(Quoted.text(form), String.join(", ", FORMS)));
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
                for (var form : forms(means, authority)) {
                    boolean added = switch (form) {
                        case BUNDLE ->
                            referrers.putBundle(
                                    statement(means, authority, reference, image),
                                    terminal().clock().instant());
                        case TAG ->
                            referrers.putTag(signature(means, authority, form, content(reference, referrers.payload()))
                                    .file());
                        case NOTATION -> notation(means, authority, reference, referrers);
                    };
                    tell(reference.at(image.digest()), authority, form.label(), added);
                }
            }
        }
    }

    private static Content content(ImageReference reference, Bytes bytes) {
        return Content.memory(reference.name(), bytes);
    }

    /// The engine takes the manifest's type from the manifest: it must be what the registry says.
    private boolean notation(Means means, Authority authority, ImageReference reference, Referrers referrers) {
        var image = referrers.image();
        image.requireOwnType();
        var content = content(reference, image.bytes());
        var key = means.signer().key(new SigningRequest.Target(authority, Form.NOTATION.format, Optional.empty()));
        var there = new Notations(terminal(), means, referrers.notations());
        if (there.hasOne(key, content)) {
            return false;
        }
        referrers.putNotation(
                signature(means, authority, Form.NOTATION, content),
                terminal().clock().instant());
        return true;
    }

    /// The forms that were asked for, else those that there are keys for.
    private List<Form> forms(Means means, Authority authority) {
        if (!forms.get().isEmpty()) {
            return ALL.stream()
                    .filter(form -> forms.get().contains(form.label()))
                    .toList();
        }
        var formats = means.signer().formats(authority);
        var known = ALL.stream().filter(form -> formats.contains(form.format)).toList();
        if (known.isEmpty()) {
            throw new RefusedException(
                    "no-key",
                    "%s has no key of the formats statement, raw and notation, in which images are signed"
                            .formatted(authority));
        }
        return known;
    }

    /// The statement is about the manifest, whose SHA-256 is the image's digest.
    private ImageSignature statement(Means means, Authority authority, ImageReference reference, Manifest image) {
        return inDirectory(directory -> {
            Path output = directory.resolve("bundle");
            var naming =
                    new Attesting.Naming(Optional.of(output.toString()), Optional.empty(), false, true, receipts());
            var choice = new Attesting.Choice(List.of(authority), Optional.empty());
            var said = new Attesting.Said(Referrers.PREDICATE, new JsonFields().toJson());
            new Attesting(terminal(), means, choice, naming).attest(List.of(content(reference, image.bytes())), said);
            return read(output);
        });
    }

    private ImageSignature signature(Means means, Authority authority, Form form, Content content) {
        return inDirectory(directory -> {
            Path output = directory.resolve("signature");
            var naming = new Signing.Naming(
                    Optional.of(output.toString()), Optional.empty(), false, false, false, true, receipts());
            var choice =
                    new Signing.Choice(List.of(authority), List.of(form.format), Optional.empty(), Optional.empty());
            new Signing(terminal(), means, choice, naming).sign(List.of(content));
            return read(output);
        });
    }

    private static ImageSignature read(Path output) throws IOException {
        Path receipt = output.resolveSibling(output.getFileName() + Receipt.SUFFIX);
        return new ImageSignature(
                Bytes.of(Files.readAllBytes(output)),
                Files.exists(receipt) ? Optional.of(Bytes.of(Files.readAllBytes(receipt))) : Optional.empty());
    }

    private interface Use {
        ImageSignature in(Path directory) throws IOException;
    }

    private static ImageSignature inDirectory(Use use) {
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
