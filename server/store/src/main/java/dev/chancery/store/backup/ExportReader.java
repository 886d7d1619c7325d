// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.backup;

import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// Reads an export from its beginning to its end, row by row.
final class ExportReader {
    /// Bytes of one value: those of the largest blob.
    static final int VALUE_BYTES_MAX = 1 << 20;

    private final MessageDigest digest = Checksum.begin();
    private final InputStream source;
    private final DataInputStream input;

    /// Is given the rows: a `Long`, a `String`, a `byte[]` or an empty `Optional` for each column.
    interface RowVisitor {
        void row(Tables.Table table, Object[] values);

        /// After the last row of a table.
        void end(Tables.Table table);
    }

    ExportReader(InputStream source) {
        this.source = new BufferedInputStream(source, 1 << 16);
        this.input = new DataInputStream(new DigestInputStream(this.source, digest));
    }

    /// What was visited counts only if this returns.
    void read(int version, RowVisitor visitor) {
        try {
            readMagic(version);
            for (var table : Tables.ALL) {
                read(table, visitor);
            }
            byte[] computed = digest.digest();
            if (!Arrays.equals(computed, source.readNBytes(computed.length))) {
                throw new MalformedException("export is damaged: its checksum is another one");
            }
            if (source.read() >= 0) {
                throw new MalformedException("export goes on behind its checksum");
            }
        } catch (EOFException e) {
            throw new MalformedException("export is cut off", e);
        } catch (IOException e) {
            throw new UnavailableException("the export cannot be read: " + e.getMessage(), e);
        }
    }

    private void readMagic(int version) throws IOException {
        if (!Arrays.equals(input.readNBytes(Checksum.MAGIC.length), Checksum.MAGIC)) {
            throw new MalformedException("this is no export of a store: it does not begin as one");
        }
        int found = input.readInt();
        if (found != version) {
            throw new MalformedException("export is of version %d of the schema, and this program restores version %d"
                    .formatted(found, version));
        }
    }

    private void read(Tables.Table table, RowVisitor visitor) throws IOException {
        long rows = 0;
        while (present()) {
            visitor.row(table, row(table));
            rows++;
        }
        if (input.readLong() != rows) {
            throw new MalformedException(
                    "export has %d rows of %s, and says another number".formatted(rows, table.name()));
        }
        visitor.end(table);
    }

    private Object[] row(Tables.Table table) throws IOException {
        var values = new Object[table.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = present() ? value(table.columns().get(i)) : Optional.empty();
        }
        return values;
    }

    private boolean present() throws IOException {
        int mark = input.readUnsignedByte();
        if (mark > 1) {
            throw new MalformedException("export is damaged: it has a mark %d where 0 or 1 stands".formatted(mark));
        }
        return mark == 1;
    }

    private Object value(Tables.Column column) throws IOException {
        return switch (column.type()) {
            case INTEGER -> input.readLong();
            case BYTES -> bytes(column);
            case TEXT -> text(column);
        };
    }

    private byte[] bytes(Tables.Column column) throws IOException {
        int length = input.readInt();
        if (length < 0 || length > VALUE_BYTES_MAX) {
            throw new MalformedException("export is damaged: it has %d bytes of %s, not 0 to %d"
                    .formatted(length, column.name(), VALUE_BYTES_MAX));
        }
        byte[] bytes = input.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private String text(Tables.Column column) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(column)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("export is damaged: its %s is not UTF-8".formatted(column.name()), e);
        }
    }
}
