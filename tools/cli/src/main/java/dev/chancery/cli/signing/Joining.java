// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Bytes;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.InputFiles;
import dev.chancery.format.JoiningFormat;
import dev.chancery.formats.Formats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Signature files that take more than one signature, while they are being made: what was there, and what was
/// joined to it. Nothing is written before all is there.
final class Joining {
    private final boolean replace;
    private final Map<Path, Optional<Bytes>> found = new LinkedHashMap<>();
    private final Map<Path, Bytes> joined = new LinkedHashMap<>();

    /// With `replace` a key's new signature takes the place of its old one.
    Joining(boolean replace) {
        this.replace = replace;
    }

    /// What joins files of the format in the encoding of a wanted signature; a usage error where nothing does.
    static JoiningFormat of(Formats.Format format, dev.chancery.core.Encoding encoding) {
        return format.verifying()
                .joining()
                .filter(joining -> joining.joins(encoding))
                .orElseThrow(
                        () -> new UsageException("--join is for cms and for openpgp in --encoding binary; a file of"
                                + " format %s in encoding %s has one signature"
                                        .formatted(format.description().name(), encoding.label())));
    }

    void add(Path target, JoiningFormat format, Signature signature) {
        var there = Optional.ofNullable(joined.get(target)).or(() -> read(target));
        joined.put(
                target,
                there.map(file -> joined(target, file, format, signature)).orElse(signature.bytes()));
    }

    private Optional<Bytes> read(Path target) {
        return found.computeIfAbsent(target, Joining::file);
    }

    private static Optional<Bytes> file(Path target) {
        return Files.exists(target)
                ? Optional.of(InputFiles.read("signature file", target, Signature.BYTES_MAX))
                : Optional.empty();
    }

    private Bytes joined(Path target, Bytes file, JoiningFormat format, Signature signature) {
        try {
            return format.join(file, signature, replace);
        } catch (RefusedException e) {
            throw new HintedException(
                    new RefusedException(
                            e.rule(),
                            "file %s takes no second signature by one key: %s".formatted(target, e.sentence())),
                    "--force puts the new signature in the place of the old one");
        }
    }

    /// Somebody else may have joined his signature in the meantime; it must not get lost.
    void write(OutputFiles output) {
        found.forEach((target, before) -> {
            if (!file(target).equals(before)) {
                throw new UnavailableException(
                        "file %s was changed by somebody else while this was signed; nothing was written"
                                .formatted(target));
            }
        });
        joined.forEach(output::write);
    }
}
