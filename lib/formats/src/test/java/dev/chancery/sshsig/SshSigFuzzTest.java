// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.Verdict;

/// Whatever the bytes: a value, which writes itself down the same, or malformed.
class SshSigFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void signatureFile(byte[] file) {
        orMalformed(() -> check(Bytes.of(file)));
    }

    /// The same behind the armor, which is a wall to a fuzzer.
    @FuzzTest(maxDuration = "20s")
    void signature(byte[] blob) {
        orMalformed(() -> check(Sample.bytes(SshArmor.write(Bytes.of(blob)))));
    }

    private static void check(Bytes file) {
        for (var claim : Sample.KEYRING.read(file)) {
            switch (claim.check(Sample.CONTENT, Sample.NOW)) {
                case Verdict.Good good -> assertEquals(Sample.QA, good.authority());
                case Verdict.Bad bad -> assertFalse(bad.sentence().isEmpty());
            }
        }
    }

    @FuzzTest(maxDuration = "20s")
    void allowedSigners(byte[] file) {
        orMalformed(() -> {
            var written = AllowedSigners.forStock(Sample.QA, Bytes.of(file));
            assertEquals(written, AllowedSigners.forStock(Sample.QA, written));
        });
    }

    @FuzzTest(maxDuration = "20s")
    void publicKey(byte[] blob) {
        orMalformed(() -> assertEquals(Bytes.of(blob), SshPublicKey.write(SshPublicKey.read(Bytes.of(blob)))));
    }

    private static void orMalformed(Runnable reading) {
        try {
            reading.run();
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }
}
