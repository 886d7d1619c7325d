// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.MalformedException;
import dev.chancery.files.InputFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// A bearer token (RFC 6750, section 2.1): one of the server's own, or an identity token of a CI. It never
/// comes from the command line, which other users see, and no message shows it.
final class Credential {
    static final String TOKEN = "CHANCERY_TOKEN";
    static final String TOKEN_FILE = "CHANCERY_TOKEN_FILE";

    /// Bytes: identity tokens have a few thousand.
    static final int BYTES_MAX = 16_384;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final String text;

    private Credential(String text) {
        this.text = text;
    }

    /// The token of the file that was named, else of the environment; empty when there is none.
    static Optional<Credential> of(Optional<Path> file, Terminal terminal) {
        if (file.isPresent()) {
            return Optional.of(read(file.get()));
        }
        var named = ServerOptions.variable(terminal, TOKEN_FILE).map(Path::of);
        var given = ServerOptions.variable(terminal, TOKEN);
        if (named.isPresent() && given.isPresent()) {
            throw new UsageException("%s and %s exclude each other".formatted(TOKEN, TOKEN_FILE));
        }
        return named.map(Credential::read).or(() -> given.map(text -> parse(text, TOKEN)));
    }

    private static Credential read(Path file) {
        byte[] bytes = InputFiles.read("token file", file, BYTES_MAX).toArray();
        return parse(new String(bytes, StandardCharsets.ISO_8859_1).strip(), "token file " + file);
    }

    private static Credential parse(String text, String source) {
        if (text.length() > BYTES_MAX || !FORM.matcher(text).matches()) {
            throw new MalformedException(source + " does not hold a token: letters, digits and -._~+/");
        }
        return new Credential(text);
    }

    /// The header's value: it bears the secret.
    String exposedHeader() {
        return "Bearer " + text;
    }

    @Override
    public String toString() {
        return "a token";
    }
}
