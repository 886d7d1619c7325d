// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.files.InputFiles;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a bucket is and who asks, from the variables that the AWS command line has and its file of credentials.
///
/// @param base ends with `/`; keys come behind it
record S3Settings(URI base, String region, Optional<SigV4.Credentials> credentials) {
    /// Bytes of the file.
    private static final int FILE_BYTES_MAX = 1 << 20;

    private static final String REGION = "us-east-1";
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGIONS = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern PROFILE = Pattern.compile("\\[\\s*([^]]*?)\\s*]");

    static S3Settings read(String bucket, Map<String, String> environment) {
        if (!BUCKET.matcher(bucket).matches()) {
            throw new UsageException("%s is no name of a bucket".formatted(Quoted.text(bucket)));
        }
        var variables = new Variables(environment);
        String region = variables.first("AWS_REGION", "AWS_DEFAULT_REGION").orElse(REGION);
        if (!REGIONS.matcher(region).matches()) {
            throw new UsageException("%s is no region".formatted(Quoted.text(region)));
        }
        var base = variables
                .first("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
                .map(endpoint -> endpoint(endpoint, bucket))
                .orElseGet(() -> amazon(bucket, region));
        return new S3Settings(base, region, variables.credentials());
    }

    /// A name with a dot is in no certificate of theirs.
    private static URI amazon(String bucket, String region) {
        String host = "s3.%s.amazonaws.com".formatted(region);
        return URI.create(
                bucket.contains(".")
                        ? "https://%s/%s/".formatted(host, bucket)
                        : "https://%s.%s/".formatted(bucket, host));
    }

    private static URI endpoint(String text, String bucket) {
        try {
            var address = new URI(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (address.getHost() != null
                    && (scheme.equals("https") || scheme.equals("http"))
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                boolean usual = address.getPort() == (scheme.equals("https") ? 443 : 80);
                String port = usual || address.getPort() < 0 ? "" : ":" + address.getPort();
                String path = address.getRawPath().replaceAll("/+$", "");
                return new URI("%s://%s%s%s/%s/".formatted(scheme, address.getHost(), port, path, bucket));
            }
        } catch (URISyntaxException notAnAddress) {
            // Falls through to the one sentence for every fault.
        }
        throw new UsageException("AWS_ENDPOINT_URL %s is not https://HOST without name, query and fragment"
                .formatted(Quoted.text(text)));
    }

    private record Variables(Map<String, String> environment) {
        Optional<String> first(String... names) {
            for (String name : names) {
                String value = environment.getOrDefault(name, "");
                if (!value.isEmpty()) {
                    return Optional.of(value);
                }
            }
            return Optional.empty();
        }

        /// Those of the environment, else those of the file; empty for who asks as nobody.
        Optional<SigV4.Credentials> credentials() {
            var key = first("AWS_ACCESS_KEY_ID");
            var secret = first("AWS_SECRET_ACCESS_KEY");
            if (key.isPresent() != secret.isPresent()) {
                throw new UsageException("of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY one is there and one is not");
            }
            return key.isPresent()
                    ? Optional.of(new SigV4.Credentials(key.get(), secret.orElseThrow(), first("AWS_SESSION_TOKEN")))
                    : file();
        }

        private Optional<SigV4.Credentials> file() {
            var named = first("AWS_SHARED_CREDENTIALS_FILE").map(Path::of);
            var file = named.or(() -> first("HOME")
                    .map(home -> Path.of(home, ".aws", "credentials"))
                    .filter(Files::exists));
            var profile = first("AWS_PROFILE");
            if (file.isEmpty() && profile.isPresent()) {
                throw new UsageException("AWS_PROFILE is there, and no file of credentials");
            }
            return file.flatMap(there -> S3Settings.credentials(there, profile));
        }
    }

    private static Optional<SigV4.Credentials> credentials(Path file, Optional<String> profile) {
        Netrc.requireSecret("credentials file", file);
        var fields = section(file, profile.orElse("default"));
        String key = fields.get("aws_access_key_id");
        String secret = fields.get("aws_secret_access_key");
        if (key != null && secret != null) {
            return Optional.of(
                    new SigV4.Credentials(key, secret, Optional.ofNullable(fields.get("aws_session_token"))));
        }
        if (key != null || secret != null || profile.isPresent()) {
            throw new MalformedException(
                    "credentials file %s has no aws_access_key_id and aws_secret_access_key of profile %s"
                            .formatted(file, Quoted.text(profile.orElse("default"))));
        }
        return Optional.empty();
    }

    /// The lines `NAME = VALUE` below `[PROFILE]`.
    private static Map<String, String> section(Path file, String profile) {
        String text = new String(
                InputFiles.read("credentials file", file, FILE_BYTES_MAX).toArray(), StandardCharsets.UTF_8);
        var fields = new HashMap<String, String>();
        boolean meant = false;
        for (String line : text.lines().map(String::strip).toList()) {
            var head = PROFILE.matcher(line);
            int equals = line.indexOf('=');
            if (head.matches()) {
                meant = head.group(1).equals(profile);
            } else if (meant && equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
                fields.put(
                        line.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        line.substring(equals + 1).strip());
            }
        }
        return fields;
    }
}
