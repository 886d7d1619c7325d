// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.backup;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.store.ledger.Leaf;
import dev.chancery.store.sql.Row;
import dev.chancery.store.sql.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One transaction that fills an empty store.
final class Restoring implements ExportReader.RowVisitor {
    /// Rows and bytes that are kept before they are written.
    private static final int ROWS = 1_000;

    private static final long BYTES = 4 << 20;

    private final Session session;
    private final List<Object[]> waiting = new ArrayList<>();
    private long waitingBytes;
    private long entries;

    Restoring(Session session) {
        this.session = session;
    }

    /// How many entries there are now.
    long restore(ExportReader reader, int version) {
        session.first(session.dialect().locking("SELECT size FROM log_state"), Row::number);
        Tables.ALL.forEach(this::requireEmpty);
        Tables.FILLED.forEach(table -> session.update("DELETE FROM " + table));
        reader.read(version, this);
        requireWhole();
        return entries;
    }

    private void requireEmpty(Tables.Table table) {
        boolean filled =
                session.first("SELECT 1 FROM " + table.name(), Row::number).isPresent();
        boolean used = table.name().equals("log_publication")
                ? session.first("SELECT 1 FROM log_publication WHERE checkpoint IS NOT NULL", Row::number)
                        .isPresent()
                : filled && !Tables.FILLED.contains(table.name());
        if (used) {
            throw new RefusedException(
                    "store-not-empty",
                    "the store is not empty: it has rows in " + table.name() + "; nothing was changed");
        }
    }

    @Override
    public void row(Tables.Table table, Object[] values) {
        switch (table.name()) {
            case "blob" -> requireHash(values[0], Leaf.digest(array(values[1])).bytes(), "a blob");
            case "entry" -> requireEntry(values);
            default -> {}
        }
        waiting.add(values);
        waitingBytes += Arrays.stream(values)
                .mapToLong(value -> value instanceof byte[] bytes ? bytes.length : 0)
                .sum();
        if (waiting.size() == ROWS || waitingBytes >= BYTES) {
            write(table);
        }
    }

    @Override
    public void end(Tables.Table table) {
        write(table);
    }

    private void write(Tables.Table table) {
        if (!session.accepts(table.insert(), waiting)) {
            throw new MalformedException("export has rows of %s that cannot be".formatted(table.name()));
        }
        waiting.clear();
        waitingBytes = 0;
    }

    private void requireEntry(Object[] values) {
        if (!values[0].equals(entries)) {
            throw new MalformedException("export has entry %s where entry %d comes".formatted(values[0], entries));
        }
        entries++;
        requireHash(values[2], Leaf.hash(Bytes.of(array(values[3]))).toArray(), "a leaf");
    }

    private static void requireHash(Object stored, byte[] computed, String what) {
        if (!Arrays.equals(array(stored), computed)) {
            throw new MalformedException("export has %s that is not the one of its hash, %s"
                    .formatted(what, new Digest(DigestAlgorithm.SHA256, computed).hex()));
        }
    }

    private static byte[] array(Object value) {
        return value instanceof byte[] array ? array : new byte[0];
    }

    private void requireWhole() {
        boolean whole = session.first("SELECT size FROM log_state", Row::number)
                .filter(size -> size == entries)
                .isPresent();
        boolean published = session.first("SELECT size FROM log_publication", Row::number)
                .filter(size -> size <= entries)
                .isPresent();
        if (!whole || !published) {
            throw new MalformedException("export has %d entries, and says another number".formatted(entries));
        }
    }
}
