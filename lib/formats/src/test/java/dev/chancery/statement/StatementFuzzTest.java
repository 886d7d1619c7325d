// SPDX-License-Identifier: Apache-2.0
package dev.chancery.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;

class StatementFuzzTest {
    /// Whatever the bytes: a statement, which reads back the same from what it writes, or malformed.
    @FuzzTest(maxDuration = "20s")
    void statement(byte[] document) {
        try {
            var statement = Statement.read(Bytes.of(document));
            var again = Statement.read(statement.write());
            assertEquals(statement.write(), again.write());
            assertEquals(statement.said(), again.said());
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }

    /// A manifest that can be read writes itself down again, file by file.
    @FuzzTest(maxDuration = "20s")
    void manifest(byte[] document) {
        try {
            var read = TreeManifest.read(Statement.read(Bytes.of(document)));
            var again = TreeManifest.read(read.statement("again"));
            assertEquals(read, again);
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }
}
