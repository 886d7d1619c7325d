// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One object in parts ("Uploading and copying objects using multipart upload" of the Amazon S3 User Guide). The
/// content is read once, from its beginning to its end.
final class S3Upload {
    /// "Processing of a CompleteMultipartUpload request could take several minutes to finalize."
    private static final Duration COMPLETION = Duration.ofMinutes(10);

    private static final int OK = 200;
    private static final int ABSENT = 404;
    private static final int EXISTS = 412;

    /// Where it goes.
    record Target(HttpPlace place, ArtifactName artifact, URI object) {}

    private final Target target;
    private final Place.Source source;
    private final int partBytes;

    S3Upload(Target target, Place.Source source, int partBytes) {
        this.target = target;
        this.source = source;
        this.partBytes = partBytes;
    }

    /// Whether there was no object of the name.
    boolean put() {
        var begun = asked("POST", "uploads=", "", S3Place.QUICK);
        String upload = begun.first("UploadId").orElseThrow(() -> fault("begins no upload of"));
        String id = "uploadId=" + SigV4.encoded(upload);
        boolean done = false;
        try {
            var tags = sent(id);
            done = true; // from here on nobody knows who was faster, and aborting could take away what is there
            return completed(id, tags);
        } finally {
            if (!done) {
                abort(id);
            }
        }
    }

    private List<String> sent(String id) {
        var tags = new ArrayList<String>();
        byte[] part = new byte[partBytes];
        try (var content = source.open()) {
            long left = source.size();
            while (left > 0) {
                int length = content.readNBytes(part, 0, (int) Math.min(part.length, left));
                left -= length;
                if (length == 0) {
                    throw new IOException("the content is shorter than it was");
                }
                // Who looks whether the content is still what it was looks when it has ended.
                if (left == 0 && content.read() >= 0) {
                    throw new IOException("the content is longer than it was");
                }
                var to = URI.create("%s?partNumber=%d&%s".formatted(target.object(), tags.size() + 1, id));
                var answer = target.place().put(to, new OfPart(part, length), Map.of());
                if (answer.statusCode() != OK) {
                    throw target.place()
                            .refused(
                                    "answers %d to a part of".formatted(answer.statusCode()),
                                    target.artifact(),
                                    answer.statusCode());
                }
                tags.add(answer.headers().firstValue("ETag").orElseThrow(() -> fault("has no ETag of a part of")));
            }
        } catch (IOException e) {
            throw new UnavailableException(
                    "%s cannot be read: %s"
                            .formatted(Quoted.text(target.artifact().text()), e.getMessage()),
                    e);
        }
        return tags;
    }

    /// "CompleteMultipartUpload": an error may come behind a status of 200.
    private boolean completed(String id, List<String> tags) {
        var document = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < tags.size(); i++) {
            document.append(
                    "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>".formatted(i + 1, escaped(tags.get(i))));
        }
        document.append("</CompleteMultipartUpload>");
        var to = URI.create("%s?%s".formatted(target.object(), id));
        var question = new HttpPlace.Question("POST", to, document.toString(), Map.of("If-None-Match", "*"));
        var answer = target.place().ask(question, COMPLETION);
        int status = answer.statusCode();
        boolean lost =
                status == ABSENT && target.place().isThere(target.artifact()); // an answer before this one was lost
        if (status == EXISTS || lost) {
            discard(answer);
            abort(id);
            return false;
        }
        if (status != OK) {
            discard(answer);
            abort(id);
            throw target.place().refused("answers %d to the end of".formatted(status), target.artifact(), status);
        }
        read(answer);
        return true;
    }

    private S3Answer asked(String method, String query, String body, Duration wait) {
        var to = URI.create("%s?%s".formatted(target.object(), query));
        var answer = target.place().ask(new HttpPlace.Question(method, to, body, Map.of()), wait);
        if (answer.statusCode() != OK) {
            discard(answer);
            throw target.place()
                    .refused(
                            "answers %d to an upload of".formatted(answer.statusCode()),
                            target.artifact(),
                            answer.statusCode());
        }
        return read(answer);
    }

    private S3Answer read(HttpResponse<InputStream> response) {
        try {
            var answer = S3Answer.read(response.body());
            answer.error().ifPresent(error -> {
                throw fault("answers %s to an upload of".formatted(error));
            });
            return answer;
        } catch (IOException e) {
            throw new UnavailableException(
                    "place %s does not answer as S3 does: %s".formatted(target.place(), e.getMessage()), e);
        }
    }

    private UnavailableException fault(String words) {
        return new UnavailableException("place %s %s %s"
                .formatted(target.place(), words, Quoted.text(target.artifact().text())));
    }

    /// As well as it can be: there are rules for buckets that remove what nobody completed.
    private void abort(String id) {
        try {
            var to = URI.create("%s?%s".formatted(target.object(), id));
            discard(target.place().ask(new HttpPlace.Question("DELETE", to, "", Map.of()), S3Place.QUICK));
        } catch (UnavailableException e) {
            // What it failed for is what is told.
        }
    }

    private record OfPart(byte[] bytes, int length) implements Place.Source {
        @Override
        public long size() {
            return length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes, 0, length);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static void discard(HttpResponse<InputStream> response) {
        try (var body = response.body()) {
            body.skipNBytes(0);
        } catch (IOException e) {
            // What is not wanted need not be whole.
        }
    }
}
