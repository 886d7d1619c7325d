// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.office.Verification;
import dev.chancery.cli.office.VerificationOptions;
import dev.chancery.cli.receipts.LogOption;
import dev.chancery.cli.receipts.Receipts;
import dev.chancery.cli.remote.TrustedCertificates;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.FileCause;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.log.Receipt;
import dev.chancery.policy.Requirement;
import dev.chancery.policy.VerificationPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// `chancery image verify`.
public final class ImageVerifyCommand extends Command {
    static final String CERTIFICATE_HELP =
            "The registry's certificate, or an authority's above it, in PEM, instead of those that Java trusts; then"
                    + " TLS is spoken to this machine, too.";

    private final Supplier<List<String>> images =
            arguments("IMAGE", 1, "REGISTRY/REPOSITORY:TAG, or REGISTRY/REPOSITORY@sha256:HEX.");
    private final Supplier<List<String>> requirements = options(
            "--require",
            "WHO",
            "An authority, or K:NAME,NAME,... for at least K of them. All that are given must hold.");
    private final Supplier<Optional<Path>> keyring = pathOption(
            "--keyring", "DIR", "Public keys as 'chancery keyring export' writes them. Default: the office's own.");
    private final Supplier<Optional<Path>> certificate = pathOption("--registry-certificate", "FILE", CERTIFICATE_HELP);
    private final Supplier<Optional<String>> log = option(
            "--log",
            "KEY|FILE",
            "A log's public key, or a policy with logs and witnesses: only signatures count whose receipt, which 'image"
                    + " sign' by a server puts with them, proves that they are logged.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public ImageVerifyCommand(Terminal terminal) {
        super(
                terminal,
                "Tells who signed container images, and whether that is who must have.",
                "",
                "Reads what refers to an image: bundles, as 'image sign' and cosign 3 write them, and signatures of"
                        + " notation. It prints the image"
                        + " by its digest: deploy that, for a tag may name another image a moment later.");
        examples("  chancery image verify registry.example.com/app:1.2 --require jenkins-prd --require 2:qa,security");
    }

    static Registry registry(Terminal terminal, ImageReference reference, Optional<Path> certificate) {
        var tls = certificate.isPresent() || !reference.isLocal()
                ? Optional.of(TrustedCertificates.context(certificate))
                : Optional.<javax.net.ssl.SSLContext>empty();
        return new Registry(reference, tls, new RegistryCredentials(terminal).of(reference.registry()));
    }

    static Manifest manifest(Registry registry) {
        String wanted = registry.image().manifest();
        var manifest = registry.manifest(wanted)
                .orElseThrow(() -> new UnavailableException("registry %s has no %s in %s"
                        .formatted(
                                registry.image().registry(),
                                wanted,
                                registry.image().repository())));
        if (!Manifest.TYPES.contains(manifest.mediaType())) {
            throw MalformedException.value("image", wanted, "is a manifest of another type: " + manifest.mediaType());
        }
        return manifest;
    }

    @Override
    public Integer call() {
        if (requirements.get().isEmpty()) {
            throw new UsageException("say who must have signed: --require WHO");
        }
        var references = images.get().stream().map(ImageReference::parse).toList();
        var wanted = requirements.get().stream()
                .map(Requirement::parse)
                .map(ImageVerifyCommand::stated)
                .toList();
        var wiring = Wiring.ofLibraries();
        var directory = VerificationOptions.keyring(terminal(), keyring.get(), wiring);
        var verification = new Verification(terminal(), wiring, VerificationPolicy.requiring(wanted), directory);
        log.get().ifPresent(demanded -> verification.demand(new Receipts(LogOption.policy(demanded))));
        var documents = new ArrayList<Json>();
        boolean accepted = true;
        for (var reference : references) {
            try (var registry = registry(terminal(), reference, certificate.get())) {
                var image = manifest(registry);
                var answer = verify(verification, reference, image, new Referrers(registry, image));
                accepted &= answer.accepted();
                documents.add(document(reference.at(image.digest()), answer));
                if (!json.get()) {
                    terminal().out().println(Shown.plain(reference.at(image.digest())));
                    answer.printFindings(terminal().out());
                }
            }
        }
        if (json.get()) {
            terminal()
                    .out()
                    .print(new JsonFields().put("images", documents).toJson().pretty());
        }
        return accepted ? ExitStatus.DONE : ExitStatus.VERIFICATION_SAYS_NO;
    }

    /// In a bundle everybody states that he signed; in a signature of notation he signs.
    private static Requirement stated(Requirement requirement) {
        return switch (requirement) {
            case Requirement.Signed signed ->
                new Requirement.AtLeast(
                        1,
                        List.of(
                                new Requirement.Stated(signed.authority(), Referrers.PREDICATE, new TreeMap<>()),
                                new Requirement.Signed(signed.authority(), Set.of(new FormatName("notation")))));
            case Requirement.AtLeast some ->
                new Requirement.AtLeast(
                        some.count(),
                        some.of().stream().map(ImageVerifyCommand::stated).toList());
            case Requirement.Stated said -> said;
        };
    }

    private static Json document(String image, Verification.Answer answer) {
        var fields = new JsonFields().put("image", image);
        ((Json.Members) answer.toJson()).fields().forEach(fields::put);
        return fields.toJson();
    }

    /// The manifest as a file, and the signatures beside it.
    private static Verification.Answer verify(
            Verification verification, ImageReference reference, Manifest image, Referrers referrers) {
        try {
            Path directory = Files.createTempDirectory("chancery-image");
            try {
                var named = new ArrayList<Path>();
                write(referrers.bundles(), directory, "bundle-%d.intoto.sigstore.json", named);
                write(referrers.notations(), directory, "signature-%d.jws", named);
                Path file = Files.write(
                        directory.resolve(reference.name().text()),
                        image.bytes().toArray());
                return verification.verify(Content.file(file), named);
            } finally {
                try (var files = Files.walk(directory)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UnavailableException("no file for a manifest can be made: " + FileCause.of(e), e);
        }
    }

    private static void write(List<ImageSignature> signatures, Path directory, String name, List<Path> named)
            throws IOException {
        for (int i = 0; i < signatures.size(); i++) {
            Path file = directory.resolve(name.formatted(i + 1));
            named.add(Files.write(file, signatures.get(i).file().toArray()));
            var receipt = signatures.get(i).receipt();
            if (receipt.isPresent()) {
                Files.write(
                        file.resolveSibling(file.getFileName() + Receipt.SUFFIX),
                        receipt.get().toArray());
            }
        }
    }
}
