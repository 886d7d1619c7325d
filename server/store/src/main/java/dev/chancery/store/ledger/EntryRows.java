// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.KeyId;
import dev.chancery.store.sql.Database;
import dev.chancery.store.sql.Row;
import dev.chancery.store.sql.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Entries as they are read.
final class EntryRows {
    private static final String COLUMNS = "SELECT entry_index, logged, leaf_hash, leaf, kind, authority, format,"
            + " encoding, key_id, requester, made, blob FROM entry ";
    private static final String SUBJECTS = "SELECT entry_index, sha256, sha512, name, size FROM subject"
            + " WHERE entry_index IN ({keys}) ORDER BY entry_index, place";
    private static final String RANGE = " FROM entry WHERE entry_index >= ? AND entry_index < ? ORDER BY entry_index";

    private EntryRows() {}

    static Optional<Entry> byIndex(Session session, long index) {
        return entries(session, "WHERE entry_index = ?", index).stream().findFirst();
    }

    static Optional<Entry> byLeafHash(Session session, Bytes leafHash) {
        return entries(session, "WHERE leaf_hash = ?", leafHash).stream().findFirst();
    }

    static List<Entry> aboutKeys(Session session, long from, long to) {
        return entries(
                session, "WHERE kind = 'key' AND entry_index >= ? AND entry_index < ? ORDER BY entry_index", from, to);
    }

    static List<Entry> find(Session session, EntryQuery query, Page page, long size) {
        var where = new Conditions();
        where.add("entry_index < ?", size);
        page.after().ifPresent(after -> where.add(query.newestFirst() ? "entry_index < ?" : "entry_index > ?", after));
        // Times grow with indexes: where the range begins and ends is looked up once.
        query.from().ifPresent(time -> where.add("entry_index >= " + Conditions.FIRST_LOGGED, time));
        query.until()
                .ifPresent(time -> where.add(
                        "entry_index < COALESCE(" + Conditions.FIRST_LOGGED + ", 9223372036854775807)", time));
        query.key().ifPresent(key -> where.add("key_id = ?", HexFormat.of().parseHex(key.hex())));
        // A key has one authority, and fewer entries than it: where both are given, the key's index is the one to walk.
        String authorityIs = query.key().isPresent() ? "authority || '' = ?" : "authority = ?";
        query.authority().ifPresent(authority -> where.add(authorityIs, authority.name()));
        query.artifact()
                .ifPresent(digest ->
                        where.add("entry_index IN (SELECT entry_index FROM subject WHERE sha256 = ?)", digest));
        where.values.add(page.limit());
        String order = " ORDER BY entry_index " + (query.newestFirst() ? "DESC" : "ASC") + " LIMIT ?";
        return entries(session, "WHERE " + String.join(" AND ", where.texts) + order, where.values.toArray());
    }

    /// What holds for entries that are wanted, with its values. The texts are so few that each query stays
    /// prepared.
    private static final class Conditions {
        private static final String FIRST_LOGGED =
                "(SELECT entry_index FROM entry WHERE logged >= ? ORDER BY logged, entry_index LIMIT 1)";

        private final List<String> texts = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        void add(String text, Object value) {
            texts.add(text);
            values.add(value);
        }
    }

    private static List<Entry> entries(Session session, String where, Object... values) {
        List<Entry> bare = session.list(COLUMNS + where, EntryRows::bare, values);
        if (bare.isEmpty()) {
            return bare;
        }
        var subjects = new HashMap<Long, List<Subject>>();
        var indexes = bare.stream().map(entry -> new Object[] {entry.index()}).toList();
        session.listIn(SUBJECTS, row -> Map.entry(row.number(), subject(row)), indexes)
                .forEach(found -> subjects.computeIfAbsent(found.getKey(), index -> new ArrayList<>())
                        .add(found.getValue()));
        return bare.stream()
                .map(entry -> with(entry, subjects.getOrDefault(entry.index(), List.of())))
                .toList();
    }

    private static Entry bare(Row row) {
        long index = row.number();
        Instant logged = row.time();
        Bytes leafHash = row.bytes();
        Bytes leaf = row.bytes();
        return new Entry(index, logged, leafHash, leaf, facts(row), List.of(), row.sha256());
    }

    private static EntryFacts facts(Row row) {
        return new EntryFacts(
                EntryKind.parse(row.text()),
                row.optionalText().map(Authority::new),
                row.optionalText().map(FormatName::new),
                row.optionalText().map(Encoding::parse),
                row.optionalArray().map(id -> new KeyId(HexFormat.of().formatHex(id))),
                row.optionalText().map(Requester::new),
                row.time());
    }

    private static Subject subject(Row row) {
        Digest sha256 = row.sha256();
        var sha512 = row.optionalArray().map(array -> new Digest(DigestAlgorithm.SHA512, array));
        return new Subject(sha256, sha512, new ArtifactName(row.text()), row.optionalNumber());
    }

    private static Entry with(Entry entry, List<Subject> subjects) {
        return new Entry(
                entry.index(), entry.logged(), entry.leafHash(), entry.leaf(), entry.facts(), subjects, entry.blob());
    }

    record IndexedLeaf(long index, Bytes hash, Bytes leaf) {}

    record IndexedHash(long index, Bytes hash) {}

    static List<IndexedLeaf> leaves(Database database, long from, long to) {
        String query = "SELECT entry_index, leaf_hash, leaf" + RANGE;
        return whole(
                from,
                to,
                database.read(session ->
                        session.list(query, row -> new IndexedLeaf(row.number(), row.bytes(), row.bytes()), from, to)));
    }

    static List<IndexedHash> hashes(Database database, long from, long to) {
        String query = "SELECT entry_index, leaf_hash" + RANGE;
        return whole(
                from,
                to,
                database.read(
                        session -> session.list(query, row -> new IndexedHash(row.number(), row.bytes()), from, to)));
    }

    private static <T> List<T> whole(long from, long to, List<T> found) {
        if (found.size() != to - from) {
            throw new UnavailableException(
                    "the store has %d of the entries from %d to before %d".formatted(found.size(), from, to));
        }
        return found;
    }
}
