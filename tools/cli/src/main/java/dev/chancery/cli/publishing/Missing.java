// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.signing.Signing;
import dev.chancery.cli.signing.Wanted;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.files.InputFiles;
import dev.chancery.log.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Signs what is not signed yet, beside the content.
///
/// @param choice no formats for each that an authority has a key for
/// @param naming what the signature files are called
public record Missing(Terminal terminal, Means means, Signing.Choice choice, Naming naming, boolean receipts) {
    /// What signature files are called.
    ///
    /// @param suffix instead of that of their format
    /// @param named whether they bear their authority's name
    public record Naming(Optional<String> suffix, boolean named) {
        public static Naming usual(boolean named) {
            return new Naming(Optional.empty(), named);
        }
    }

    /// Authorities that sign in these formats, as the formats have it.
    public static Signing.Choice choice(List<Authority> authorities, List<FormatName> formats) {
        return new Signing.Choice(authorities, formats, Optional.empty(), Optional.empty());
    }

    /// What lies there under a name: a signature, or a receipt.
    @FunctionalInterface
    public interface There {
        Optional<Bytes> read(ArtifactName name);
    }

    /// Makes every signature whose file is not there.
    ///
    /// Asked again for the same content, a server gives the same signature: so one whose receipt is not there,
    /// because whoever put them there was killed between the two, gets it. One that is not the server's answer,
    /// because it is older or was made elsewhere, stays as it was.
    public void sign(Content content, There there) {
        means.signer().repeatable();
        var all = signing(choice.authorities(), choice.formats());
        var wanted = all.wanted();
        var missing = new ArrayList<Wanted>();
        var unproven = new HashMap<Path, Bytes>();
        for (var one : wanted) {
            Path target = all.target(content, one).orElseThrow();
            var signature = there.read(name(target));
            if (signature.isEmpty()) {
                missing.add(one);
            } else if (proves() && there.read(name(receipt(target))).isEmpty()) {
                missing.add(one);
                unproven.put(target, signature.get());
            }
        }
        if (missing.size() == wanted.size()) {
            all.sign(List.of(content));
        } else {
            missing.forEach(one -> signing(
                            List.of(one.target().authority()),
                            List.of(one.target().format()))
                    .sign(List.of(content)));
        }
        unproven.forEach(Missing::keep);
    }

    private boolean proves() {
        return receipts && means.signer().manner().receipts();
    }

    private static void keep(Path signature, Bytes before) {
        if (before.equals(InputFiles.read("signature file", signature, Signature.BYTES_MAX))) {
            return;
        }
        try {
            Files.delete(receipt(signature));
            Files.write(signature, before.toArray());
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be written: %s".formatted(signature, FileCause.of(e)), e);
        }
    }

    private static ArtifactName name(Path file) {
        return new ArtifactName(String.valueOf(file.getFileName()));
    }

    private static Path receipt(Path signature) {
        return signature.resolveSibling(signature.getFileName() + Receipt.SUFFIX);
    }

    private Signing signing(List<Authority> who, List<FormatName> how) {
        var wish = new Signing.Choice(who, how, choice.key(), choice.encoding());
        var names = new Signing.Naming(Optional.empty(), naming.suffix(), naming.named(), false, true, true, receipts);
        return new Signing(terminal, means, wish, names);
    }
}
