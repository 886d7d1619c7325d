// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.files.SignatureFiles;
import dev.chancery.log.Receipt;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// What the signature files of contents are called, and their receipts.
public final class SignatureNames {
    private final Signing.Naming naming;

    SignatureNames(Signing.Naming naming) {
        this.naming = naming;
    }

    /// Where a signature goes; empty for standard output.
    Optional<Path> target(Content content, Wanted wanted) {
        if (naming.output().isPresent()) {
            return naming.output().filter(path -> !path.equals("-")).map(Path::of);
        }
        String suffix = naming.suffix().orElse(wanted.format().description().suffix(wanted.encoding()));
        var authority = naming.perAuthority() ? Optional.of(wanted.target().authority()) : Optional.<Authority>empty();
        return content.path()
                .map(path ->
                        path.resolveSibling(SignatureFiles.name(content.name().text(), authority, suffix)));
    }

    /// A receipt is about one signature file, and bears its name: `app.jar.asc.tlog-proof`.
    public static Path receipt(Path signatureFile) {
        return signatureFile.resolveSibling(signatureFile.getFileName() + Receipt.SUFFIX);
    }

    /// Complains about outputs that would be the same, before anything is signed.
    void requireOneEach(List<Content> contents, List<Wanted> wanted) {
        boolean toStandardOutput = naming.output().isPresent()
                ? naming.output().get().equals("-")
                : contents.getFirst().path().isEmpty();
        boolean single = contents.size() == 1 && (naming.join() || wanted.size() == 1);
        if (!single && (naming.output().isPresent() || toStandardOutput)) {
            throw new UsageException("one output cannot take %d signatures; name one file, one --as and one --format"
                    .formatted(contents.size() * wanted.size()));
        }
        if (toStandardOutput && (naming.quiet() || naming.join())) {
            throw new UsageException("standard output cannot take a signature and %s; name a file with --output"
                    .formatted(naming.join() ? "--join" : "--json"));
        }
        requireOneEachFile(contents, wanted);
    }

    /// Joined signatures may share a file if they are of one format.
    private void requireOneEachFile(List<Content> contents, List<Wanted> wanted) {
        var targets = new HashMap<Path, FormatName>();
        for (Content content : contents) {
            var ofContent = new HashMap<Path, FormatName>();
            for (Wanted one : wanted) {
                target(content, one).ifPresent(path -> {
                    var other = ofContent.putIfAbsent(path, one.target().format());
                    boolean shared = other != null
                            && !(naming.join() && other.equals(one.target().format()));
                    if (shared || targets.containsKey(path)) {
                        throw new UsageException("two signatures would both be " + path);
                    }
                });
            }
            targets.putAll(ofContent);
        }
    }
}
