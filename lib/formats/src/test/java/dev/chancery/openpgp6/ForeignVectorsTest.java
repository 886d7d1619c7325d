// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.openpgp.OpenPgpVerifying;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.CleartextDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What others made: the examples of RFC 9580, appendix A, and files of sqop 0.37 (Sequoia) and rsop 0.12
/// (rPGP).
class ForeignVectorsTest {
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

    static Bytes resource(String name) {
        try (var in = Objects.requireNonNull(ForeignVectorsTest.class.getResourceAsStream(name), name)) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FormatKeyring keyring(String certificate) {
        return Sample.VERIFYING.keyring(Map.of(Sample.QA, resource(certificate)));
    }

    private static Verdict verdict(FormatKeyring keyring, Bytes file, Bytes content) {
        var claim = keyring.read(file).getFirst();
        return claim.check(Sample.measured(content.toArray(), claim.measures()), LATER);
    }

    /// Appendix A.3 and A.6: fingerprint, salt and digest are printed there.
    @Test
    void theExamplesOfTheStandardCount() {
        var keyring = keyring("rfc9580/a3-certificate.asc");
        var document = CleartextDocument.read(resource("rfc9580/a6-document.asc"));
        var claim = keyring.read(document.signature()).getFirst();
        var measure = assertInstanceOf(
                Measure.OfState.class, claim.measures().iterator().next());
        assertEquals(
                "76495f50218890f7f5e2ee3c1822514f70500f551d86e5c921e404e34a53fbac",
                measure.salt().hex());
        var content = Sample.measured(document.text().toArray(), claim.measures());
        var signature = BouncyCastleReading.signatures(document.signature()).getFirst();
        var state = content.state(DigestAlgorithm.SHA512, measure.form(), measure.salt());
        assertEquals(
                "69365bf44a97af1f0844f1f6ab83fdf6b36f26692efaa621a8aac91c4e29ea07"
                        + "e894cabc6e2f20eedfce6c03b89141a2cc7cbe245e6e7a5654addbec5000b89b",
                Sample.HASHES.finish(state, signature.getSignatureTrailer()).hex());
        assertInstanceOf(Verdict.Good.class, claim.check(content, LATER));
        assertEquals(
                "cb186c4f0609a697e4d52dfa6c722b0c1f1e27c18a56708f6525ec27bad9acc9",
                HexFormat.of()
                        .formatHex(signature
                                .getHashedSubPackets()
                                .getIssuerFingerprint()
                                .getFingerprint()));
    }

    @ParameterizedTest
    @CsvSource({
        "sqop, binary.asc",
        "sqop, binary.sig",
        "sqop, text.asc",
        "rsop, binary.asc",
        "rsop, binary.sig",
        "rsop, text.asc"
    })
    void signaturesOfOtherToolsCount(String tool, String name) {
        var keyring = keyring("tools/" + tool + "-certificate.asc");
        var file = resource("tools/" + tool + "-" + name);
        assertInstanceOf(Verdict.Good.class, verdict(keyring, file, resource("tools/content.txt")));
        var other = assertInstanceOf(Verdict.Bad.class, verdict(keyring, file, resource("tools/rsop-certificate.asc")));
        assertEquals(Reason.OTHER_CONTENT, other.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqop", "rsop"})
    void documentsOfOtherToolsCount(String tool) {
        var keyring = keyring("tools/" + tool + "-certificate.asc");
        var document = CleartextDocument.read(resource("tools/" + tool + "-document.asc"));
        assertInstanceOf(Verdict.Good.class, verdict(keyring, document.signature(), document.text()));
    }

    /// One version is not worn as the other.
    @Test
    void versionsAreKeptApart() {
        var version4 = new OpenPgpVerifying(Sample.HASHES, new SignatureChecks());
        var certificate = resource("tools/sqop-certificate.asc");
        var fault = assertThrows(MalformedException.class, () -> version4.keyring(Map.of(Sample.QA, certificate)));
        assertEquals("OpenPGP public key file holds no certificate of version 4", fault.sentence());
        var gpg = resource("/dev/chancery/openpgp/gpg/D189B0BE5544D70ADAD5BA8A5652DECAAE031DC6.asc");
        assertThrows(MalformedException.class, () -> Sample.VERIFYING.keyring(Map.of(Sample.QA, gpg)));
        var keyring = keyring("tools/sqop-certificate.asc");
        var signature = resource("/dev/chancery/openpgp/gpg/ed25519-SHA256.sig");
        assertThrows(MalformedException.class, () -> keyring.read(signature));
        var claim = version4.keyring(Map.of(Sample.QA, gpg))
                .read(resource("tools/sqop-binary.sig"))
                .getFirst();
        assertEquals(java.util.Set.of(), claim.measures());
    }
}
