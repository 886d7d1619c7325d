// SPDX-License-Identifier: Apache-2.0
package dev.chancery.timestamp;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.algorithms.FileVectors;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.SignatureValue;
import java.time.Instant;

/// Whatever the bytes: a time, or one of the three errors.
class TimestampFuzzTest {
    private static final SignatureValue VALUE = new SignatureValue(FileVectors.bytes("timestamp/value"));
    private static final TimestampServices SERVICES = TimestampServices.of(
            CertificateChain.parse(FileVectors.bytes("timestamp/trusted.pem")), new SignatureChecks());

    @FuzzTest(maxDuration = "20s")
    void response(byte[] file) {
        try {
            var proven = SERVICES.prove(
                    TimestampResponse.token(Bytes.of(file)), VALUE, Instant.parse("2027-06-01T00:00:00Z"));
            assertFalse(proven.service().isEmpty());
        } catch (ChanceryException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }
}
