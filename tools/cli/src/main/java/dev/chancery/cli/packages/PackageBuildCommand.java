// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.files.InputFiles;
import dev.chancery.json.JsonFields;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `chancery package build`.
public final class PackageBuildCommand extends PackageCommand {
    private final Supplier<Path> directory = pathArgument("DIR", "What goes into the package.");
    private final Supplier<List<String>> authorities =
            options("--as", "AUTHORITY", "Who signs it. May be given several times; none leaves it unsigned.");
    private final Supplier<Optional<String>> attest = option(
            "--attest",
            "AUTHORITY",
            "Who states, in a file model.sig of the package, what files are in it, so that they can be verified"
                    + " unpacked.");
    private final Supplier<Optional<String>> called =
            option("--called", "NAME-VERSION", "What it is called. Default: what DIR/manifest.yml says.");
    private final Supplier<Optional<Path>> output =
            pathOption("--output", "DIR", "Where it goes. Default: the working directory.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public PackageBuildCommand(Terminal terminal) {
        super(
                terminal,
                "Makes a package of a directory: the same bytes on every machine; and signs it.",
                "",
                "NAME-VERSION.zip has all files of DIR below NAME-VERSION/, in the order of their names, stored,"
                        + " without times and owners. The signature is OpenPGP, armored, in NAME-VERSION.zip.sig.",
                "",
                "With --attest it has a statement about its files, as OpenSSF model signing makes them, for 'chancery"
                        + " verify DIR --attested AUTHORITY --signature DIR/model.sig' wherever it was unpacked.");
        examples(
                "  chancery package build packages/apache --as release",
                "  chancery package build model --called model-1.0 --as release --attest release",
                "  chancery package build dist --called tool-1.2 --as jenkins-prd --as qa");
    }

    @Override
    public Integer call() {
        Path top = directory.get();
        if (!Files.isDirectory(top)) {
            throw new MalformedException("%s is not a directory".formatted(top));
        }
        var named = PackageName.of(top, called.get());
        Path target = output.get().orElse(Path.of("")).resolve(named + ".zip");
        requireOutside(top, target);
        boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        boolean written = !exists || replaces();
        var manifest = attest.get().isPresent() ? manifest(target, named, written) : Optional.<Bytes>empty();
        var digest = written ? write(target, named, manifest) : found(target, named, manifest);
        if (!authorities.get().isEmpty()) {
            complete(target, authorities.get());
        }
        tell(target, digest, written);
        return ExitStatus.DONE;
    }

    /// Else it would be part of itself the next time.
    private static void requireOutside(Path top, Path target) {
        if (target.toAbsolutePath().normalize().startsWith(top.toAbsolutePath().normalize())) {
            throw new HintedException(
                    new MalformedException("package %s would lie in what it is made of".formatted(target)),
                    "--output names another directory");
        }
    }

    /// The statement that goes into the package, or lies in the one that is there.
    private Optional<Bytes> manifest(Path target, PackageName named, boolean written) {
        try (var means = means(1)) {
            var authority = new Authority(attest.get().orElseThrow());
            var attesting = ContentManifest.attesting(terminal(), means, authority);
            var manifest = ContentManifest.of(directory.get(), named, attesting);
            return written ? Optional.of(manifest.sign()) : manifest.foundIn(target);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /// Writes the package and takes its digest.
    private Digest digest(OutputStream output, PackageName named, Optional<Bytes> manifest) {
        var running = sha256();
        try {
            var zip = new StoredZip(new BufferedOutputStream(new DigestOutputStream(output, running)));
            PackageTree.write(directory.get(), named.toString(), manifest, zip);
            zip.finish();
        } catch (IOException e) {
            throw InputFiles.unreadable("directory", directory.get(), e);
        }
        return new Digest(DigestAlgorithm.SHA256, running.digest());
    }

    /// The digest of the package that is there. Another one is in the way.
    private Digest found(Path target, PackageName named, Optional<Bytes> manifest) {
        var running = sha256();
        try (var input = Files.newInputStream(target)) {
            input.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), running));
        } catch (IOException e) {
            throw InputFiles.unreadable("package", target, e);
        }
        var found = new Digest(DigestAlgorithm.SHA256, running.digest());
        if (!found.equals(digest(OutputStream.nullOutputStream(), named, manifest))) {
            throw new HintedException(
                    new MalformedException("file %s is another package, and is not overwritten".formatted(target)),
                    "give it another version; --force replaces it");
        }
        return found;
    }

    private Digest write(Path target, PackageName named, Optional<Bytes> manifest) {
        var files = new OutputFiles(replaces());
        var made = new AtomicReference<@Nullable Digest>();
        try {
            files.write(target, output -> made.set(digest(output, named, manifest)));
            files.commit();
        } finally {
            files.discard();
        }
        return Objects.requireNonNull(made.get());
    }

    private void tell(Path target, Digest digest, boolean written) {
        if (json.get()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put("package", target.toString())
                            .put("sha256", digest.hex())
                            .put("written", written)
                            .putTexts("signed_as", authorities.get())
                            .putTexts("stated_by", attest.get().stream().toList())
                            .toJson()
                            .pretty());
            return;
        }
        String signed = attest.get().map(who -> ", stated by " + who).orElse("")
                + (authorities.get().isEmpty() ? "" : ", signed as " + String.join(", ", authorities.get()));
        terminal()
                .out()
                .println(Shown.plain("%s  %s  %s%s"
                        .formatted(target, digest.hex(), written ? "built" : "is there already", signed)));
    }
}
