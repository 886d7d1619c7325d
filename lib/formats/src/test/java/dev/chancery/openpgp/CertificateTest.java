// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.core.Bytes;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measured;
import dev.chancery.packet.BouncyCastleReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.api.OpenPGPDefaultPolicy;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.OpenPGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Certificates of one key in each state that GnuPG 2.2 can bring it into on 2023-07-01, with a signature of
/// 2023-04-01 and one of 2023-10-01. Expected is what Sequoia's sqv 1.1 says of the same files; Bouncy Castle's
/// own judgement, which shares nothing with ours but the packet reader, is asked here.
class CertificateTest {
    private static final byte[] CONTENT = "content\n".getBytes(StandardCharsets.US_ASCII);
    private static final Instant LATER = Instant.parse("2026-01-01T00:00:00Z");

    static Stream<Path> states() {
        return Vectors.files("lifecycle").filter(file -> file.toString().endsWith(".asc"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void aKeyWasFitOrNotAtTheTimeOfTheSignature(Path file) throws Exception {
        String state = file.getFileName().toString();
        boolean hard = state.contains("compromised") || state.contains("no-reason");
        assertEquals(hard ? "REVOKED" : "good", verdict(file, "before.sig"));
        assertEquals(
                state.startsWith("untouched") ? "good" : state.contains("expired") ? "EXPIRED" : "REVOKED",
                verdict(file, "after.sig"));
    }

    private static String verdict(Path certificate, String name) throws IOException, PGPException {
        Bytes signature = Vectors.bytes(Vectors.files("lifecycle")
                .filter(file -> file.endsWith(name))
                .findFirst()
                .orElseThrow());
        Measured content = Sample.measured(CONTENT);
        var keyring = Sample.VERIFYING.keyring(Map.of(Sample.QA, Vectors.bytes(certificate)));
        var verdict = keyring.read(signature).getFirst().check(content, LATER);
        if (!differs(certificate)) {
            assertEquals(isValidToBouncyCastle(certificate, signature), verdict instanceof Verdict.Good);
        }
        return switch (verdict) {
            case Verdict.Good good -> "good";
            case Verdict.Bad(Reason reason, String sentence) -> reason.name();
        };
    }

    /// Where Bouncy Castle 1.86 lets the soft revocation of a primary key reach into the past, and Sequoia does
    /// not.
    private static boolean differs(Path certificate) {
        return certificate.endsWith("primary-retired.asc") || certificate.endsWith("primary-superseded.asc");
    }

    private static boolean isValidToBouncyCastle(Path certificate, Bytes file) throws IOException, PGPException {
        var theirs = new OpenPGPKeyReader()
                .parseCertificate(Vectors.bytes(certificate).toArray());
        var signature = BouncyCastleReading.signatures(file).getFirst();
        var key = theirs.getKey(OpenPGPSignature.getMostExpressiveIdentifier(signature.getKeyIdentifiers()));
        var document = new OpenPGPSignature.OpenPGPDocumentSignature(signature, key);
        signature.init(new BcPGPContentVerifierBuilderProvider(), key.getPGPPublicKey());
        signature.update(CONTENT);
        return document.verify() && document.isValid(new OpenPGPDefaultPolicy());
    }
}
