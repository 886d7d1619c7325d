// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.signing.Attesting;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.files.InputFiles;
import dev.chancery.statement.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A signed statement of all files in a package, in the package: whoever unpacked it, or packed it anew, can still tell
/// that they are what an authority packed.
final class ContentManifest {
    /// As OpenSSF model signing calls it.
    static final String FILE = "model.sig";

    private final Attesting attesting;
    private final Statement statement;
    private final PackageName named;

    private ContentManifest(Attesting attesting, Statement statement, PackageName named) {
        this.attesting = attesting;
        this.statement = statement;
        this.named = named;
    }

    /// How one authority states it.
    static Attesting attesting(Terminal terminal, Means means, Authority authority) {
        return new Attesting(
                terminal,
                means,
                new Attesting.Choice(List.of(authority), Optional.empty()),
                new Attesting.Naming(Optional.empty(), Optional.empty(), false, true, false));
    }

    /// Of what lies in the directory now.
    static ContentManifest of(Path top, PackageName named, Attesting attesting) {
        if (Files.exists(top.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
            throw new HintedException(
                    new MalformedException("directory %s has a file %s".formatted(top, FILE)),
                    "--attest puts one into the package; remove this one, or leave --attest out");
        }
        var manifest = attesting.manifest(Content.fileOrDirectory(top), List.of(FILE));
        return new ContentManifest(attesting, manifest.statement(named.toString()), named);
    }

    Bytes sign() {
        return attesting.signed(statement, new ArtifactName(named.toString()));
    }

    /// The statement of a package that is there, if it is this one.
    Optional<Bytes> foundIn(Path target) {
        try (var zip = StoredZipFile.open(target)) {
            var entry = zip.entries().get(named + "/" + FILE);
            if (entry == null || entry.size() > Signature.BYTES_MAX) {
                return Optional.empty();
            }
            try (var content = entry.open()) {
                return Optional.of(Bytes.of(content.readAllBytes()))
                        .filter(file -> attesting.isSigned(file, statement));
            }
        } catch (IOException e) {
            throw InputFiles.unreadable("package", target, e);
        }
    }
}
