// SPDX-License-Identifier: Apache-2.0
package dev.chancery.timestamp;

import dev.chancery.algorithms.FileVectors;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.Bytes;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.SignatureValue;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The files below `vectors/timestamp`: answers of `openssl ts -reply` over `value`. Trusted are a certificate
/// authority, which issued one service's certificate and that of an authority that issued another's, and a
/// service that issued its own.
class TimestampVectorsTest {
    private static final Instant NOW = Instant.parse("2027-06-01T00:00:00Z");
    private static final SignatureValue VALUE = new SignatureValue(FileVectors.bytes("timestamp/value"));
    private static final TimestampServices SERVICES = TimestampServices.of(
            CertificateChain.parse(FileVectors.bytes("timestamp/trusted.pem")), new SignatureChecks());

    @Test
    void everyResponseIsJudgedAsItsFirstLineSays() {
        FileVectors.judge("timestamp/responses", TimestampVectorsTest::judged);
    }

    private static String judged(Bytes response) {
        var proven = SERVICES.prove(TimestampResponse.token(response), VALUE, NOW);
        return proven.time() + " " + proven.service();
    }
}
