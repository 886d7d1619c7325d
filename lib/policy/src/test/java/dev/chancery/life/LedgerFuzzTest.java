// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;

/// Anything from outside is a ledger that reads back equal, or a `MalformedException`; nothing else.
class LedgerFuzzTest {
    @FuzzTest
    void ledger(byte[] file) {
        Ledger ledger;
        try {
            ledger = Ledger.parse(Bytes.of(file));
        } catch (MalformedException e) {
            return;
        }
        assertEquals(ledger, Ledger.parse(ledger.toBytes()));
    }
}
