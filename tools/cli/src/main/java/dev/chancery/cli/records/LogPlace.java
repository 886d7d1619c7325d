// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Bytes;
import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.InputFiles;
import dev.chancery.note.SignedNote;
import dev.chancery.note.VerifierKey;
import dev.chancery.tree.EntryBundle;
import dev.chancery.tree.HashTile;
import dev.chancery.tree.TilePath;
import dev.chancery.tree.TileSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// Where the files of a log are: a folder or a website.
public interface LogPlace extends TileSource {
    /// Does something with the log of a command line's DIR|URL, whose server the context knows.
    static <T> T use(String text, Supplier<SSLContext> tls, Function<LogPlace, T> task) {
        if (!LogSite.isUrl(text)) {
            return task.apply(new LogFolder(Path.of(text)));
        }
        try (var site = new LogSite(url(text), tls.get())) {
            return task.apply(site);
        }
    }

    private static URI url(String text) {
        try {
            var url = URI.create(text);
            if (url.getHost() != null && url.getQuery() == null && url.getFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("URL %s is none".formatted(Quoted.text(text)));
        }
        throw new UsageException("URL %s has no host, or a query or a fragment".formatted(Quoted.text(text)));
    }

    /// A log's verifier key, or a file that it stands in.
    static VerifierKey readKey(String text) {
        var file = Path.of(text);
        return VerifierKey.parse(
                text.indexOf('+') >= 0 && !Files.exists(file)
                        ? text
                        : new String(
                                        InputFiles.read("log key", file, VerifierKey.CHARACTERS_MAX)
                                                .toArray(),
                                        StandardCharsets.UTF_8)
                                .strip());
    }

    /// The file of a path below the log; empty when it is not there. Throws `UnavailableException` when that
    /// cannot be told, and `MalformedException` when it has more than `bytesMax` bytes.
    Optional<Bytes> file(String path, int bytesMax);

    /// How the log is called in messages.
    String shown();

    @Override
    default Optional<Bytes> read(TilePath path) {
        return switch (path) {
            case TilePath.Hashes hashes -> file(hashes.toString(), HashTile.BYTES_MAX);
            case TilePath.Entries entries -> file(entries.toString(), EntryBundle.BYTES_MAX);
        };
    }

    /// The newest checkpoint, with nobody's word for it yet.
    default SignedNote checkpoint() {
        return SignedNote.parse(file("checkpoint", SignedNote.BYTES_MAX)
                .orElseThrow(() -> new UnavailableException("log %s has no checkpoint".formatted(shown()))));
    }
}
