// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.tag;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.store.sql.Database;
import dev.chancery.store.sql.Row;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The payloads of tags. See the package comment.
public final class Tags {
    /// Bytes: that of `TagPayload` in `lib/formats`, which the store does not see.
    public static final int PAYLOAD_BYTES_MAX = 64 << 10;
    /// Names of one page.
    public static final int NAMES_MAX = 1_000;

    private static final String GET = "SELECT name, payload, created FROM tag WHERE name = ?";

    private final Database database;
    private final InstantSource clock;

    public Tags(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Creates a tag, unless there is one of this name.
    public Creation create(ArtifactName name, Bytes payload) {
        if (payload.length() == 0 || payload.length() > PAYLOAD_BYTES_MAX) {
            throw new MalformedException(
                    "payload of a tag has %d bytes, not 1 to %d".formatted(payload.length(), PAYLOAD_BYTES_MAX));
        }
        return database.write(session -> {
            int created = session.update(
                    "INSERT INTO tag (name, payload, created) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    name.text(),
                    payload,
                    clock.instant());
            if (created == 1) {
                return Creation.CREATED;
            }
            Tag there = session.first(GET, Tags::read, name.text()).orElseThrow();
            return there.payload().equals(payload) ? Creation.SAME : Creation.DIFFERENT;
        });
    }

    public Optional<Tag> get(ArtifactName name) {
        return database.read(session -> session.first(GET, Tags::read, name.text()));
    }

    /// Names of tags in the order of their bytes, at most so many, behind one that was seen.
    public List<ArtifactName> list(Optional<ArtifactName> after, int limit) {
        if (limit < 1 || limit > NAMES_MAX) {
            throw new MalformedException("page of %d names is not one of 1 to %d".formatted(limit, NAMES_MAX));
        }
        return database.read(session -> session.list(
                "SELECT name FROM tag WHERE name > ? ORDER BY name LIMIT ?",
                row -> new ArtifactName(row.text()),
                after.map(ArtifactName::text).orElse(""),
                limit));
    }

    private static Tag read(Row row) {
        return new Tag(new ArtifactName(row.text()), row.bytes(), row.time());
    }
}
