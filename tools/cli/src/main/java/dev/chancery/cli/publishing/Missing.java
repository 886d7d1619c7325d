// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.signing.Signing;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Signs what is not signed yet, beside the content.
///
/// @param formats none for each that an authority has a key for
/// @param named whether signature files bear their authority's name
public record Missing(
        Terminal terminal,
        Means means,
        List<Authority> authorities,
        List<FormatName> formats,
        boolean named,
        boolean receipts) {
    /// Makes every signature whose file is not there. Asked again for the same content, a server gives the same ones.
    public void sign(Content content, Predicate<ArtifactName> isThere) {
        means.signer().repeatable();
        var all = signing(authorities, formats);
        var wanted = all.wanted();
        var missing = wanted.stream()
                .filter(one -> !isThere.test(name(all.target(content, one))))
                .toList();
        if (missing.size() == wanted.size()) {
            all.sign(List.of(content));
        } else {
            missing.forEach(one -> signing(
                            List.of(one.target().authority()),
                            List.of(one.target().format()))
                    .sign(List.of(content)));
        }
    }

    private static ArtifactName name(Optional<Path> target) {
        return new ArtifactName(String.valueOf(target.orElseThrow().getFileName()));
    }

    private Signing signing(List<Authority> who, List<FormatName> how) {
        var choice = new Signing.Choice(who, how, Optional.empty(), Optional.empty());
        var naming = new Signing.Naming(Optional.empty(), Optional.empty(), named, false, false, true, receipts);
        return new Signing(terminal, means, choice, naming);
    }
}
