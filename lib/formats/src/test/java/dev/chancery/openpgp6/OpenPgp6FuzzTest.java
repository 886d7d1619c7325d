// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Verdict;
import java.util.Map;
import java.util.function.Consumer;

/// Whatever the bytes: a value or malformed, within bounds that the readers hold themselves.
class OpenPgp6FuzzTest {
    private static final byte[] CONTENT = "a line \nand another\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final FormatKeyring KEYRING =
            Sample.VERIFYING.keyring(Map.of(Sample.QA, ForeignVectorsTest.resource("tools/sqop-certificate.asc")));
    private static final Bytes SIGNATURE = ForeignVectorsTest.resource("tools/sqop-binary.sig");

    @FuzzTest(maxDuration = "20s")
    void signatureFile(byte[] file) {
        orMalformed(file, bytes -> check(KEYRING, bytes));
    }

    @FuzzTest(maxDuration = "20s")
    void certificateFile(byte[] file) {
        orMalformed(file, bytes -> check(Sample.VERIFYING.keyring(Map.of(Sample.QA, bytes)), SIGNATURE));
    }

    private static void check(FormatKeyring keyring, Bytes file) {
        for (var claim : keyring.read(file)) {
            switch (claim.check(Sample.measured(CONTENT, claim.measures()), Sample.NOW)) {
                case Verdict.Good good -> assertEquals(Sample.QA, good.authority());
                case Verdict.Bad bad -> assertFalse(bad.sentence().isEmpty());
            }
        }
    }

    private static void orMalformed(byte[] file, Consumer<Bytes> read) {
        try {
            read.accept(Bytes.of(file));
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }
}
