// SPDX-License-Identifier: Apache-2.0
package dev.chancery.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;

/// Whatever the bytes: a bundle, which reads back the same from what it writes, one of a certificate, or malformed.
class BundleFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void bundle(byte[] file) {
        try {
            Bundle.read(Bytes.of(file)).ifPresent(bundle -> {
                var again = Bundle.read(bundle.write()).orElseThrow();
                assertEquals(bundle.hint(), again.hint());
                assertEquals(bundle.write(), again.write());
            });
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }
}
