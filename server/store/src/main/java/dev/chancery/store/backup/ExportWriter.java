// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.backup;

import dev.chancery.core.UnavailableException;
import dev.chancery.store.sql.Row;
import dev.chancery.store.sql.Session;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/// Writes an export.
final class ExportWriter {
    private final MessageDigest digest = Checksum.begin();
    private final OutputStream target;
    private final DataOutputStream output;

    ExportWriter(OutputStream target) {
        this.target = new BufferedOutputStream(target, 1 << 16);
        this.output = new DataOutputStream(new DigestOutputStream(this.target, digest));
    }

    void write(Session session, int version) {
        try {
            output.write(Checksum.MAGIC);
            output.writeInt(version);
            for (var table : Tables.ALL) {
                write(session, table);
            }
            output.flush();
            target.write(digest.digest());
            target.flush();
        } catch (IOException | UncheckedIOException e) {
            throw new UnavailableException("the export cannot be written: " + e.getMessage(), e);
        }
    }

    private void write(Session session, Tables.Table table) throws IOException {
        var rows = new long[1];
        session.each(table.select(), row -> {
            rows[0]++;
            write(row, table);
        });
        output.writeByte(0);
        output.writeLong(rows[0]);
    }

    private void write(Row row, Tables.Table table) {
        try {
            output.writeByte(1);
            for (var column : table.columns()) {
                switch (column.type()) {
                    case INTEGER -> write(row.optionalNumber());
                    case TEXT -> writeBytes(row.optionalText().map(text -> text.getBytes(StandardCharsets.UTF_8)));
                    case BYTES -> writeBytes(row.optionalArray());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Optional<Long> number) throws IOException {
        output.writeByte(number.isPresent() ? 1 : 0);
        if (number.isPresent()) {
            output.writeLong(number.get());
        }
    }

    private void writeBytes(Optional<byte[]> bytes) throws IOException {
        output.writeByte(bytes.isPresent() ? 1 : 0);
        if (bytes.isPresent()) {
            output.writeInt(bytes.get().length);
            output.write(bytes.get());
        }
    }
}
