// SPDX-License-Identifier: Apache-2.0
package dev.chancery.entry;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.tree.EntryBundle;
import dev.chancery.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A leaf of the log: the table of the package comment.
public sealed interface LogEntry permits HashedRekord, SignatureEntry, KeyEntry {
    /// Seconds since 1970: the last one of the year 9999.
    long TIME_SECONDS_MAX = 253_402_300_799L;

    String kind();

    String apiVersion();

    Json spec();

    /// The bytes that stand in the log. Throws `MalformedException` when they are too many for an entry.
    default Bytes encode() {
        var leaf = new JsonFields()
                .put("apiVersion", apiVersion())
                .put("kind", kind())
                .put("spec", spec())
                .toJson();
        var bytes = Bytes.of(leaf.canonical().getBytes(StandardCharsets.UTF_8));
        if (bytes.length() > EntryBundle.ENTRY_BYTES_MAX) {
            throw new MalformedException(
                    "log entry has %d bytes, more than %d".formatted(bytes.length(), EntryBundle.ENTRY_BYTES_MAX));
        }
        return bytes;
    }

    default TreeHash leafHash() {
        return TreeHash.leaf(encode());
    }

    /// Reads what [#encode] writes, and nothing else.
    static LogEntry parse(Bytes leaf) {
        LogEntry entry =
                Json.parse(leaf, "log entry", EntryBundle.ENTRY_BYTES_MAX).object(LogEntry::read);
        if (!entry.encode().equals(leaf)) {
            throw new MalformedException("log entry is not spelled in its canonical form");
        }
        return entry;
    }

    private static LogEntry read(JsonObject leaf) {
        String kind = leaf.text("kind");
        LogEntry entry = switch (kind) {
            case HashedRekord.KIND -> leaf.object("spec", HashedRekord::read);
            case SignatureEntry.KIND -> leaf.object("spec", SignatureEntry::read);
            case KeyEntry.KIND -> leaf.object("spec", KeyEntry::read);
            default -> throw MalformedException.value("log entry's kind", kind, "is not known");
        };
        String version = leaf.text("apiVersion");
        if (!version.equals(entry.apiVersion())) {
            throw MalformedException.value("log entry's apiVersion", version, "is not " + entry.apiVersion());
        }
        return entry;
    }

    /// A time of whole seconds.
    static Instant time(JsonObject spec, String field) {
        return Instant.ofEpochSecond(spec.integer(field, 0, TIME_SECONDS_MAX));
    }

    /// The seconds of a time that a leaf can say.
    static Instant checked(Instant time) {
        if (time.getNano() != 0 || time.getEpochSecond() < 0 || time.getEpochSecond() > TIME_SECONDS_MAX) {
            throw new MalformedException(
                    "time %s of a log entry is not a whole second from 1970 to 9999".formatted(time));
        }
        return time;
    }
}
