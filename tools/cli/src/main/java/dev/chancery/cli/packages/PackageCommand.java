// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.signatures.AskingCommand;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.signing.SignatureNames;
import dev.chancery.cli.signing.Signing;
import dev.chancery.cli.signing.Wanted;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.files.InputFiles;
import dev.chancery.hashing.Salt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A command that signs packages as registries want it: an armored OpenPGP signature in `PACKAGE.sig`.
@SuppressWarnings("this-escape") // options are added to the command that is being made, and do not look into it
abstract class PackageCommand extends AskingCommand {
    static final String SUFFIX = ".sig";
    private static final FormatName OPENPGP = new FormatName("openpgp");

    private final Supplier<Boolean> force =
            flag("--force", "Replace a package or signature that is there already and is another one.");

    PackageCommand(Terminal terminal, String... description) {
        super(terminal, description);
    }

    final boolean replaces() {
        return force.get();
    }

    final void sign(List<Path> packages, List<String> names) {
        var authorities = authorities(names);
        try (var means = means(packages.size() * authorities.size())) {
            signing(means, authorities, naming(authorities, false))
                    .sign(packages.stream().map(Content::file).toList());
        }
    }

    /// Makes the signatures that are not there already, and says nothing. One that is there stays if it is over this
    /// package by the key that its authority signs with now; another one is in the way.
    final void complete(Path built, List<String> names) {
        var authorities = authorities(names);
        try (var means = means(authorities.size())) {
            var naming = naming(authorities, true);
            var all = signing(means, authorities, naming);
            var missing = all.wanted().stream()
                    .filter(one -> replaces() || !isThere(all, one, Content.file(built), means))
                    .map(one -> one.target().authority())
                    .toList();
            if (!missing.isEmpty()) {
                signing(means, missing, naming).sign(List.of(Content.file(built)));
            }
        }
    }

    private static List<Authority> authorities(List<String> names) {
        return names.stream().map(Authority::new).distinct().toList();
    }

    private Signing signing(Means means, List<Authority> authorities, Signing.Naming naming) {
        var choice = new Signing.Choice(authorities, List.of(OPENPGP), Optional.empty(), Optional.of(Encoding.ARMOR));
        return new Signing(terminal(), means, choice, naming);
    }

    /// Several authorities sign in a file each: `PACKAGE.AUTHORITY.sig`.
    private Signing.Naming naming(List<Authority> authorities, boolean quiet) {
        return new Signing.Naming(
                Optional.empty(), Optional.of(SUFFIX), authorities.size() > 1, false, replaces(), quiet, receipts());
    }

    /// A signature whose receipt a run that was cut off did not write is none.
    private boolean isThere(Signing signing, Wanted one, Content content, Means means) {
        Path file = signing.target(content, one).orElseThrow();
        boolean logged = receipts() && means.signer().manner().receipts();
        if (!Files.isRegularFile(file) || (logged && !Files.exists(SignatureNames.receipt(file)))) {
            return false;
        }
        var signature = new Signature(OPENPGP, Encoding.ARMOR, InputFiles.read("signature", file, Signature.BYTES_MAX));
        return one.format()
                .verifying()
                .isBy(one.key(), signature, content.measure(terminal(), means.hashes(), one.measures(Salt.NONE)));
    }
}
