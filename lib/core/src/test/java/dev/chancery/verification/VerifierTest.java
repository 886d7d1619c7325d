// SPDX-License-Identifier: Apache-2.0
package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VerifierTest {
    private static final FormatName RED = new FormatName("red");
    private static final FormatName BLUE = new FormatName("blue");
    private static final Authority QA = new Authority("qa");
    private static final Authority RELEASE = new Authority("release");
    private static final KeyId ONE = new KeyId("1".repeat(64));
    private static final KeyId TWO = new KeyId("2".repeat(64));
    private static final KeyId NOBODY = new KeyId("f".repeat(64));
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Measured CONTENT = Measured.of(4, Map.of(), Map.of(), Optional.empty());

    private static final FormatKeyring RED_KEYS = new InMemoryFormat("red", DigestAlgorithm.SHA256, Map.of(ONE, QA));
    private static final FormatKeyring BLUE_KEYS =
            new InMemoryFormat("blue", DigestAlgorithm.SHA512, Map.of(TWO, RELEASE));
    private static final Verifier VERIFIER = new Verifier(new Keyring(Map.of(RED, RED_KEYS, BLUE, BLUE_KEYS)));

    private static SignatureFile file(String name, List<FormatName> formats, String text) {
        return new SignatureFile(name, formats, Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Finding> findings(SignatureFile... files) {
        return VERIFIER.read(List.of(files)).check(CONTENT, NOW);
    }

    private static RejectedSignature rejected(SignatureFile file) {
        return assertInstanceOf(RejectedSignature.class, findings(file).getFirst());
    }

    @Test
    void aGoodSignatureIsItsKeysAuthoritys() {
        var found = assertInstanceOf(
                VerifiedSignature.class,
                findings(file("a.release.sig", List.of(RED), "red\n" + ONE + " 4"))
                        .getFirst());
        assertEquals(QA, found.authority());
        assertEquals(ONE, found.key());
        assertEquals(RED, found.format());
        assertEquals("a.release.sig", found.file());
        assertEquals(Optional.of(NOW), found.signedAt());
        assertEquals("red by qa in a.release.sig", found.toString());
    }

    @Test
    void everySignatureGivesOneFindingInOrder() {
        var found = findings(
                file("1", List.of(RED), "red\n" + ONE + " 4\n" + NOBODY + " 4\n" + ONE + " 5"),
                file("2", List.of(BLUE), "noise"),
                file("3", List.of(BLUE), "blue\n" + TWO + " 4"));
        assertEquals(
                List.of("1", "1", "1", "2", "3"),
                found.stream().map(Finding::file).toList());
        assertEquals(
                List.of("good", "UNKNOWN_KEY", "OTHER_CONTENT", "MALFORMED", "good"),
                found.stream().map(VerifierTest::told).toList());
    }

    private static String told(Finding finding) {
        return switch (finding) {
            case VerifiedSignature verified -> "good";
            case RejectedSignature rejected -> rejected.reason().name();
        };
    }

    @Test
    void aKeyOfOneFormatIsUnknownInAnother() {
        assertEquals(
                Reason.UNKNOWN_KEY,
                rejected(file("f", List.of(BLUE), "blue\n" + ONE + " 4")).reason());
    }

    @Test
    void theFirstFormatThatCanReadAFileReadsIt() {
        var found = findings(file("f", List.of(RED, BLUE), "blue\n" + TWO + " 4"));
        assertEquals(
                RELEASE,
                assertInstanceOf(VerifiedSignature.class, found.getFirst()).authority());
        var neither = rejected(file("f", List.of(RED, BLUE), "green"));
        assertEquals(Reason.MALFORMED, neither.reason());
        assertEquals("file does not begin with red; file does not begin with blue", neither.sentence());
    }

    @Test
    void aFormatWithoutKeysAndAFileWithoutFormatsAreFindings() {
        var green = rejected(file("f", List.of(new FormatName("green")), "green"));
        assertEquals("the keyring has no green key", green.sentence());
        var none = rejected(file("f", List.of(), "red"));
        assertEquals(Reason.MALFORMED, none.reason());
        assertEquals("its name belongs to no format", none.sentence());
    }

    @Test
    void aFileWithoutASignatureIsNoSignature() {
        assertEquals(
                List.of(),
                findings(file("f", List.of(RED), "red")).stream()
                        .filter(VerifiedSignature.class::isInstance)
                        .toList());
    }

    @Test
    void allThatHasToBeMeasuredIsKnownBeforehand() {
        var reading = VERIFIER.read(List.of(
                file("1", List.of(RED), "red\n" + ONE + " 4"), file("2", List.of(BLUE), "blue\n" + TWO + " 4")));
        assertEquals(
                Set.of(Measure.digest(DigestAlgorithm.SHA256), Measure.digest(DigestAlgorithm.SHA512)),
                reading.measures());
    }

    @Test
    void theNumberAndTheSizeOfFilesHaveTheirLimits() {
        var one = file("f", List.of(RED), "red\n" + ONE + " 4");
        assertEquals(
                Verifier.SIGNATURE_FILES_MAX,
                VERIFIER.read(Collections.nCopies(Verifier.SIGNATURE_FILES_MAX, one))
                        .check(CONTENT, NOW)
                        .size());
        var more = Collections.nCopies(Verifier.SIGNATURE_FILES_MAX + 1, one);
        assertThrows(MalformedException.class, () -> VERIFIER.read(more));
        var most = Bytes.of(new byte[Signature.BYTES_MAX]);
        assertEquals(most, new SignatureFile("f", List.of(), most).bytes());
        var over = Bytes.of(new byte[Signature.BYTES_MAX + 1]);
        assertThrows(MalformedException.class, () -> new SignatureFile("f", List.of(), over));
    }

    @Test
    void oneKeyInTwoFormatsOrOfTwoAuthoritiesMakesNoKeyring() {
        var sameOwner = new InMemoryFormat("blue", DigestAlgorithm.SHA512, Map.of(ONE, QA));
        var otherOwner = new InMemoryFormat("blue", DigestAlgorithm.SHA512, Map.of(ONE, RELEASE));
        for (FormatKeyring blue : List.of(sameOwner, otherOwner)) {
            var malformed =
                    assertThrows(MalformedException.class, () -> new Keyring(Map.of(RED, RED_KEYS, BLUE, blue)));
            assertTrue(malformed.sentence().contains("one key twice"));
        }
    }

    @Test
    void theKeyringKnowsItsAuthorities() {
        assertEquals(
                new TreeSet<>(Set.of(QA, RELEASE)), new Keyring(Map.of(RED, RED_KEYS, BLUE, BLUE_KEYS)).authorities());
        assertEquals(new TreeSet<>(), new Keyring(Map.of()).authorities());
    }
}
