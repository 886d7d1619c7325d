// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// Anything is a line that is written back the same, or a `MalformedException`; nothing else.
class AuditFuzzTest {
    @FuzzTest
    void line(byte[] bytes) {
        AuditLine line;
        try {
            line = AuditLine.read(Bytes.of(bytes));
        } catch (MalformedException e) {
            return;
        }
        assertEquals(Bytes.of(bytes), line.write());
    }

    @FuzzTest
    void chain(byte[] file) throws IOException {
        try {
            new AuditChain().readAll(new ByteArrayInputStream(file), line -> {});
        } catch (MalformedException e) {
            return;
        }
    }
}
