// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// A bucket of an object store that speaks the API of Amazon S3, or what has a prefix in one.
///
/// Objects up to [Parts#wholeMax] bytes are one `PUT`. Larger ones go in parts, which are put together under their name
/// at the end, if there is none of that name by then; what was begun is aborted when it fails.
final class S3Place implements Place {
    /// Names that a place tells.
    static final int NAMES_MAX = 100_000;
    /// "Part numbers can be any number from 1 to 10,000, inclusive."
    static final int PARTS_MAX = 10_000;

    /// How objects are cut.
    ///
    /// @param wholeMax bytes of an object that goes whole; S3 takes 5 GiB
    /// @param bytes of a part, which is in memory: at least, 5 MiB for S3
    /// @param bytesMax of a part of the largest object
    record Parts(long wholeMax, int bytes, int bytesMax) {
        static final Parts DEFAULT = new Parts(1L << 30, 16 << 20, 64 << 20);

        /// As few as can be, so that each is not larger than it has to be.
        int of(long size) {
            long least = (size + PARTS_MAX - 1) / PARTS_MAX;
            if (least > bytesMax) {
                throw new MalformedException("file has %d bytes, more than %d of an object in S3"
                        .formatted(size, (long) bytesMax * PARTS_MAX));
            }
            return (int) Math.max(bytes, least);
        }
    }

    static final Duration QUICK = Duration.ofSeconds(60);

    private static final String SLASH = "/";
    private static final int OK = 200;

    private final HttpPlace objects;
    private final Keys keys;
    private final Parts parts;

    private S3Place(Keys keys, HttpPlace objects, Parts parts) {
        this.objects = objects;
        this.keys = keys;
        this.parts = parts;
    }

    /// How to reach it, and how objects go there.
    record Means(SSLContext tls, HttpPlace.Waits waits, Parts parts, InstantSource clock) {}

    /// @param prefix empty, or ends with `/`
    static S3Place at(String bucket, String prefix, S3Settings settings, Means means) {
        var signing = settings.credentials().map(credentials -> new SigV4(credentials, settings.region()));
        var name = "s3://%s/%s".formatted(bucket, prefix);
        var keys = new Keys(name, settings.base(), prefix, signing, means.clock());
        var objects = HttpPlace.at(settings.base(), means.tls(), keys, means.waits());
        return new S3Place(keys, objects, means.parts());
    }

    /// Names of objects, and requests that are signed.
    private record Keys(String name, URI bucket, String prefix, Optional<SigV4> signing, InstantSource clock)
            implements HttpPlace.Manner {
        @Override
        public URI address(ArtifactName name) {
            var path = new StringBuilder();
            for (String part : (prefix + name.text()).split(SLASH, -1)) {
                path.append(path.isEmpty() ? "" : SLASH).append(SigV4.encoded(part));
            }
            return URI.create(bucket + path.toString());
        }

        @Override
        public Map<String, String> headers(String method, URI to) {
            return signing.map(with ->
                            with.headers(new SigV4.Request(method, to, Map.of(), SigV4.UNSIGNED), clock.instant()))
                    .orElse(Map.of());
        }

        @Override
        public String hint() {
            return "the credential comes from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from ~/.aws/credentials;"
                    + " who may not list a bucket is denied what is not there";
        }
    }

    @Override
    public Optional<InputStream> open(ArtifactName artifact) {
        return objects.open(artifact);
    }

    @Override
    public boolean create(ArtifactName artifact, Source source) {
        if (source.size() <= parts.wholeMax()) {
            return objects.create(artifact, source);
        }
        int bytes = parts.of(source.size());
        return !objects.isThere(artifact)
                && new S3Upload(new S3Upload.Target(objects, artifact, keys.address(artifact)), source, bytes).put();
    }

    /// "ListObjectsV2". Objects whose names no artifact can have are passed over, and so are hidden ones and all with a
    /// further `/`.
    @Override
    public Optional<List<ArtifactName>> names() {
        var names = new ArrayList<ArtifactName>();
        var more = Optional.of("");
        for (int pages = 0; more.isPresent(); pages++) {
            if (names.size() > NAMES_MAX || pages > NAMES_MAX) {
                throw new UnavailableException("place %s has more than %d files".formatted(this, NAMES_MAX));
            }
            var page = page(more.get());
            page.keys().forEach(key -> name(key).ifPresent(names::add));
            more = page.first("IsTruncated")
                    .filter("true"::equals)
                    .flatMap(truncated -> page.first("NextContinuationToken"));
        }
        names.sort(Comparator.comparing(ArtifactName::text));
        return Optional.of(names);
    }

    /// Encoded ("encoding-type"), because a key may have characters that XML does not.
    private S3Answer page(String from) {
        String query = "delimiter=%2F&encoding-type=url&list-type=2&prefix=" + SigV4.encoded(keys.prefix());
        String after = from.isEmpty() ? "" : "continuation-token=" + SigV4.encoded(from) + "&";
        var answer = objects.ask(
                new HttpPlace.Question("GET", URI.create(keys.bucket() + "?" + after + query), "", Map.of()), QUICK);
        if (answer.statusCode() != OK) {
            S3Upload.discard(answer);
            throw objects.refused(
                    "answers %d when it is asked what it has".formatted(answer.statusCode()), answer.statusCode());
        }
        try {
            return S3Answer.read(answer.body());
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private Optional<ArtifactName> name(String key) {
        String last =
                key.startsWith(keys.prefix()) ? key.substring(keys.prefix().length()) : "";
        try {
            return last.isEmpty() || last.startsWith(".") || last.contains(SLASH)
                    ? Optional.empty()
                    : Optional.of(new ArtifactName(last));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private UnavailableException unavailable(IOException e) {
        return new UnavailableException("place %s does not answer as S3 does: %s".formatted(this, e.getMessage()), e);
    }

    @Override
    public String toString() {
        return objects.toString();
    }

    @Override
    public void close() {
        objects.close();
    }
}
