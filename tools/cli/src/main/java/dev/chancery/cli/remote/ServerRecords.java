// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import dev.chancery.key.KeyId;
import dev.chancery.log.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a server has on record of signatures: more than the log says of them, and nobody's word but the server's.
public final class ServerRecords {
    /// Entries of a page: the most that a server gives.
    private static final int PAGE_ENTRIES = 1_000;

    private static final int ARTIFACTS_MAX = 10_000;
    private static final int LEAF_BYTES_MAX = 1 << 16;

    private final ServerClient client;
    private final ServerAnswers answers;

    ServerRecords(ServerClient client, ServerAnswers answers) {
        this.client = client;
        this.answers = answers;
    }

    /// An artifact as it was when it was signed.
    public record Subject(ArtifactName name, Digest sha256, OptionalLong size) {}

    /// A signature by a key.
    ///
    /// @param leaf the log's entry of it
    /// @param subjects what it is over, at least one
    public record Recorded(
            Authority authority,
            FormatName format,
            Encoding encoding,
            List<Subject> subjects,
            Instant signedAt,
            Bytes leaf) {
        public Recorded {
            subjects = List.copyOf(subjects);
        }
    }

    /// A signature file and its receipt, as they were handed out.
    public record Stored(Bytes file, Receipt receipt) {}

    /// All signatures by a key, by their index in the log.
    public Map<Long, Recorded> by(KeyId key) {
        var all = new HashMap<Long, Recorded>();
        Optional<Long> after = Optional.empty();
        do {
            String path = "/v1/log/entries?key=%s&limit=%d%s"
                    .formatted(
                            key.hex(),
                            PAGE_ENTRIES,
                            after.map(index -> "&after=" + index).orElse(""));
            var reply = client.get(path);
            after = answers.right(
                    () -> answers.json(reply, HttpReply.OK, "page of the log").object(page -> readPage(page, all)));
        } while (after.isPresent());
        return all;
    }

    private static Optional<Long> readPage(JsonObject page, Map<Long, Recorded> all) {
        var indexes = new ArrayList<Long>();
        page.list(
                "entries",
                0,
                PAGE_ENTRIES,
                entry -> entry.object(fields -> {
                    long index = fields.integer("index", 0, Json.INTEGER_MAX);
                    indexes.add(index);
                    readEntry(fields).ifPresent(recorded -> all.put(index, recorded));
                    return index;
                }));
        var next = page.optional("next").map(value -> value.integer(0, Json.INTEGER_MAX));
        next.ifPresent(index -> page.check(() -> {
            if (indexes.isEmpty() || index < indexes.getLast()) {
                throw page.malformed("does not lead to another page");
            }
            return index;
        }));
        return next;
    }

    /// Empty where the entry is about a key, not about a signature by it.
    private static Optional<Recorded> readEntry(JsonObject entry) {
        entry.text("kind");
        var authority = entry.optionalText("authority", Authority::new);
        var format = entry.optionalText("format", FormatName::new);
        var encoding = entry.optionalText("encoding", Encoding::parse);
        entry.optional("key");
        var subjects =
                entry.list("artifacts", 0, ARTIFACTS_MAX, artifact -> artifact.object(ServerRecords::readSubject));
        var time = time(entry.required("signed_at"));
        entry.text("logged_at");
        entry.optional("requester");
        var leaf = base64(entry.required("leaf"));
        entry.text("receipt");
        if (leaf.length() > LEAF_BYTES_MAX) {
            throw entry.malformed("has a leaf of more than %d bytes".formatted(LEAF_BYTES_MAX));
        }
        boolean whole = authority.isPresent() && format.isPresent() && encoding.isPresent() && !subjects.isEmpty();
        return whole
                ? Optional.of(new Recorded(
                        authority.get(), format.orElseThrow(), encoding.orElseThrow(), subjects, time, leaf))
                : Optional.empty();
    }

    private static Subject readSubject(JsonObject artifact) {
        artifact.optional("sha512");
        var size = artifact.optional("size").map(value -> value.integer(0, Artifact.SIZE_BYTES_MAX));
        return new Subject(
                artifact.text("name", ArtifactName::new),
                artifact.text("sha256", hex -> Digest.parse(DigestAlgorithm.SHA256, hex)),
                size.map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private static Instant time(JsonValue value) {
        try {
            return Instant.parse(value.text());
        } catch (DateTimeException e) {
            throw value.malformed("is not a time");
        }
    }

    /// The signature over an artifact that stands at an index of the log; empty where the server does not have it.
    public Optional<Stored> stored(Digest sha256, long index) {
        var reply = client.get("/v1/artifacts/%s/%d".formatted(sha256.hex(), index));
        if (reply.status() == HttpReply.NOT_FOUND) {
            return Optional.empty();
        }
        return Optional.of(answers.right(
                () -> answers.json(reply, HttpReply.OK, "signature").object(ServerRecords::readStored)));
    }

    private static Stored readStored(JsonObject issued) {
        for (String field : List.of("kind", "authority", "format", "encoding", "key", "signed_at", "file")) {
            issued.text(field);
        }
        issued.integer("index", 0, Json.INTEGER_MAX);
        issued.list("artifacts", 1, ARTIFACTS_MAX, artifact -> artifact.object(ServerRecords::readSubject));
        issued.bool("repeated");
        issued.optional("signature_without_log");
        return new Stored(
                base64(issued.required("signature")),
                issued.text("receipt", text -> Receipt.parse(Bytes.of(text.getBytes(StandardCharsets.UTF_8)))));
    }

    private static Bytes base64(JsonValue value) {
        try {
            return Bytes.of(Base64.getDecoder().decode(value.text()));
        } catch (IllegalArgumentException e) {
            throw value.malformed("is not base64");
        }
    }
}
