// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.certificates.CertificateFile;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Verdict;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.signeddata.Certificate;

/// Whatever the bytes: a value, or malformed.
class CmsFuzzTest {
    private static final FormatKeyring KEYRING = Sample.keyring(Sample.key(KeyAlgorithm.ECDSA_P256));

    @FuzzTest(maxDuration = "20s")
    void signatureFile(byte[] file) {
        orMalformed(() -> {
            for (var claim : KEYRING.read(Bytes.of(file))) {
                switch (claim.check(Sample.CONTENT, Sample.NOW)) {
                    case Verdict.Good good -> assertEquals(Sample.QA, good.authority());
                    case Verdict.Bad bad -> assertFalse(bad.sentence().isEmpty());
                }
            }
        });
    }

    @FuzzTest(maxDuration = "20s")
    void publicKeyFile(byte[] file) {
        orMalformed(() -> {
            var own = CertificateFile.forStock(Sample.CMS, Sample.QA, Bytes.of(file));
            assertEquals(own, CertificateFile.forStock(Sample.CMS, Sample.QA, own));
        });
    }

    /// The same behind the armor, which is a wall to a fuzzer.
    @FuzzTest(maxDuration = "20s")
    void certificate(byte[] der) {
        orMalformed(() -> {
            var certificate = Certificate.read(Bytes.of(der));
            assertEquals(Bytes.of(der), certificate.der());
            certificate.keyIdentifier();
            certificate.mayCertify();
            certificate.isSignedBy(certificate, Sample.CHECKS);
        });
    }

    private static void orMalformed(Runnable reading) {
        try {
            reading.run();
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }
}
