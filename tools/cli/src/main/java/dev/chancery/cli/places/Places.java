// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import dev.chancery.cli.remote.TrustedCertificates;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.files.InputFiles;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the place that a text names: `https://HOST/PATH`, `s3://BUCKET/PREFIX`, or a directory.
public final class Places {
    /// Names the file in netrc's form; else it is `~/.netrc`, where there is one.
    private static final String NETRC = "NETRC";
    /// Names a file with a token that goes as `Authorization: Bearer` to whatever place is named.
    private static final String TOKEN_FILE = "CHANCERY_PLACE_TOKEN_FILE";
    /// Bytes.
    private static final int TOKEN_BYTES_MAX = 16_384;

    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://.*");
    private static final String S3 = "s3://";
    /// Parts that are neither empty nor a step.
    private static final Pattern NO_STEPS = Pattern.compile("(?:(?!\\.{1,2}/)[^/\\p{Cntrl}]+/)+");
    /// Of a key's 1,024 bytes at most half, so that names fit behind it.
    private static final int PREFIX_CHARACTERS_MAX = 512;

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /// What `--place-certificate` means.
    public static final String CERTIFICATE_HELP =
            "The place's certificate, or a certificate authority's above it, in PEM."
                    + " Default: those of the Java runtime.";

    private final Terminal terminal;
    private final Optional<Path> certificates;

    /// With certificates in PEM that servers are believed by, instead of the Java runtime's.
    public Places(Terminal terminal, Optional<Path> certificates) {
        this.terminal = terminal;
        this.certificates = certificates;
    }

    /// A file in a place.
    public record Located(Place place, ArtifactName name) {}

    public Place place(String text) {
        return place(text, Optional.empty());
    }

    /// A place with a credential of its own.
    ///
    /// @param token a file with the token for this place; empty for what is for all of them
    public Place place(String text, Optional<Path> token) {
        if (text.startsWith(S3)) {
            return bucket(text.substring(S3.length()));
        }
        return ADDRESS.matcher(text).matches() ? http(text, token) : new DirectoryPlace(Path.of(text));
    }

    /// `PLACE/NAME`.
    public Located file(String text) {
        int slash = text.lastIndexOf('/');
        if (slash == text.length() - 1) {
            throw new UsageException("%s is no file's: it ends with a slash".formatted(Quoted.text(text)));
        }
        String name = text.substring(slash + 1);
        if (text.startsWith(S3)) {
            if (slash < S3.length()) {
                throw new UsageException("%s is a bucket, and names no file".formatted(Quoted.text(text)));
            }
            return new Located(place(text.substring(0, slash)), new ArtifactName(name));
        }
        if (!ADDRESS.matcher(text).matches()) {
            String directory = slash < 0 ? "." : slash == 0 ? "/" : text.substring(0, slash);
            return new Located(place(directory), new ArtifactName(name));
        }
        return new Located(place(text.substring(0, slash)), new ArtifactName(decoded(name)));
    }

    private static String decoded(String name) {
        try {
            return java.net.URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw MalformedException.value("address's last part", name, "is not percent-encoded text");
        }
    }

    private Place http(String text, Optional<Path> token) {
        try {
            var address = new URI(text);
            if (address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                String path = address.getRawPath().endsWith("/") ? address.getRawPath() : address.getRawPath() + "/";
                var base = new URI(
                        address.getScheme().toLowerCase(Locale.ROOT) + "://" + address.getRawAuthority() + path);
                var plain = new HttpPlace.Plain(base, authorization(base, token));
                return HttpPlace.at(base, TrustedCertificates.context(certificates), plain, HttpPlace.Waits.DEFAULT);
            }
        } catch (URISyntaxException notAnAddress) {
            // Falls through to the one sentence for every fault.
        }
        throw new UsageException(
                "place %s is not https://HOST/PATH without name, query and fragment".formatted(Quoted.text(text)));
    }

    /// `BUCKET` or `BUCKET/PREFIX`. Keys are texts as they are; those that a web server would take for others are not
    /// for
    /// us.
    private Place bucket(String text) {
        int slash = text.indexOf('/');
        String bucket = slash < 0 ? text : text.substring(0, slash);
        String path = slash < 0 ? "" : text.substring(slash + 1);
        String prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
        if (prefix.length() > PREFIX_CHARACTERS_MAX
                || (!prefix.isEmpty() && !NO_STEPS.matcher(prefix).matches())) {
            throw new UsageException(
                    "place %s is not s3://BUCKET/PREFIX, of at most %d characters and without empty parts"
                            .formatted(Quoted.text(S3 + text), PREFIX_CHARACTERS_MAX));
        }
        var settings = S3Settings.read(bucket, terminal.environment());
        if (settings.credentials().isPresent()) {
            requireProtected(settings.base());
        }
        var means = new S3Place.Means(
                TrustedCertificates.context(certificates),
                HttpPlace.Waits.DEFAULT,
                S3Place.Parts.DEFAULT,
                terminal.clock());
        return S3Place.at(bucket, prefix, settings, means);
    }

    private static void requireProtected(URI base) {
        String host = base.getHost().toLowerCase(Locale.ROOT);
        if (!base.getScheme().equals("https") && !LOOPBACK.matcher(host).matches()) {
            throw new UsageException(
                    "a credential goes to https://, or to http:// on this machine, and not to " + base);
        }
    }

    private Optional<String> authorization(URI base, Optional<Path> token) {
        String host = base.getHost().toLowerCase(Locale.ROOT);
        var authorization = token.or(() -> variable(TOKEN_FILE).map(Path::of))
                .map(file -> "Bearer " + token(file))
                .or(() -> netrc().flatMap(file -> Netrc.authorization(file, host)));
        if (authorization.isPresent()) {
            requireProtected(base);
        }
        return authorization;
    }

    private Optional<Path> netrc() {
        return variable(NETRC)
                .map(Path::of)
                .or(() -> variable("HOME").map(home -> Path.of(home, ".netrc")).filter(Files::exists));
    }

    private static String token(Path file) {
        String token = new String(
                        InputFiles.read("token file", file, TOKEN_BYTES_MAX).toArray(), StandardCharsets.ISO_8859_1)
                .strip();
        if (!TOKEN.matcher(token).matches()) {
            throw new MalformedException(
                    "token file %s does not hold a token: letters, digits and -._~+/".formatted(file));
        }
        return token;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(terminal.environment().get(name)).filter(text -> !text.isEmpty());
    }
}
