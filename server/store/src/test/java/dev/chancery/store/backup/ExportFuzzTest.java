// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.backup;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.MalformedException;
import java.io.ByteArrayInputStream;

/// Whatever an export is, it is read, or it is malformed.
class ExportFuzzTest {

    @FuzzTest
    void anythingIsAnExportOrMalformed(byte[] bytes) {
        var visitor = new ExportReader.RowVisitor() {
            @Override
            public void row(Tables.Table table, Object[] values) {
                if (values.length != table.columns().size()) {
                    throw new AssertionError("a row of " + table.name() + " has " + values.length + " values");
                }
            }

            @Override
            public void end(Tables.Table table) {}
        };
        try {
            new ExportReader(new ByteArrayInputStream(bytes)).read(3, visitor);
        } catch (MalformedException e) {
            // As it should be.
        }
    }
}
