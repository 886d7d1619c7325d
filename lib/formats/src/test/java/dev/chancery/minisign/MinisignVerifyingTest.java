// SPDX-License-Identifier: Apache-2.0
package dev.chancery.minisign;

import static dev.chancery.minisign.Sample.NOW;
import static dev.chancery.minisign.Sample.QA;
import static dev.chancery.minisign.Sample.key;
import static dev.chancery.minisign.Sample.keyring;
import static dev.chancery.minisign.Sample.measured;
import static dev.chancery.minisign.Sample.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.FileVectors;
import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.Mutation;
import dev.chancery.algorithms.NumberedKey;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinisignVerifyingTest {
    private static final byte[] CONTENT = "some content\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OF_TOOL = vector("content").toArray();
    /// When the stock tool signed.
    private static final Instant THEN = Instant.ofEpochSecond(1795304335);

    private final MemoryKey key = key();

    private static Bytes vector(String name) {
        return FileVectors.bytes("minisign/tool/" + name);
    }

    private static String[] lines(Bytes file) {
        return new String(file.toArray(), StandardCharsets.UTF_8).split("\n", -1);
    }

    private static Reason reason(Verdict verdict) {
        return assertInstanceOf(Verdict.Bad.class, verdict).reason();
    }

    /// The verdict over bytes that may not even be a signature file.
    private static boolean counts(FormatKeyring keyring, byte[] file, Measured content) {
        try {
            return verdict(keyring, Bytes.of(file), content) instanceof Verdict.Good;
        } catch (MalformedException e) {
            return false;
        }
    }

    /// minisign 0.11: `-S`, `-S -l`, and with comments of the user's.
    @ParameterizedTest
    @CsvSource({"prehashed, 1795304335", "legacy, 1795304335", "comment, ", "legacy-milliseconds, "})
    void whatTheStockToolMadeIsAccepted(String name, Long seconds) {
        var claim = keyring(vector("key.pub")).read(vector(name)).getFirst();
        var good = assertInstanceOf(Verdict.Good.class, claim.check(measured(OF_TOOL), THEN));
        assertEquals(QA, good.authority());
        assertEquals(Optional.ofNullable(seconds).map(Instant::ofEpochSecond), good.signedAt());
        assertEquals(Reason.OTHER_CONTENT, reason(claim.check(measured(CONTENT), THEN)));
        var measure = name.startsWith("legacy") ? Measure.content() : Measure.digest(DigestAlgorithm.BLAKE2B_512);
        assertEquals(Set.of(measure), claim.measures());
    }

    @Test
    void aFileWithOneFaultIsMalformed() {
        FileVectors.judge("minisign/malformed", file -> keyring(key).read(file).toString());
    }

    @Test
    void otherLineEndsAreTheSame() {
        String file = new String(Sample.signature(key, CONTENT).toArray(), StandardCharsets.UTF_8);
        for (String same : List.of(file.replace("\n", "\r\n"), file.stripTrailing())) {
            assertTrue(counts(keyring(key), same.getBytes(StandardCharsets.UTF_8), measured(CONTENT)), same);
        }
    }

    /// Only the text behind `untrusted comment: ` is nobody's word.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyChangedBitIsRefused(boolean prehashed) {
        byte[] file =
                (prehashed ? Sample.signature(key, CONTENT) : Sample.legacy(key, CONTENT, "timestamp:1\tx")).toArray();
        var keyring = keyring(key);
        var content = measured(CONTENT);
        int untrusted = NumberedKey.UNTRUSTED.length();
        int end = new String(file, StandardCharsets.ISO_8859_1).indexOf('\n');
        assertTrue(counts(keyring, file, content));
        for (int bit = 0; bit < 8 * file.length; bit++) {
            if (bit / 8 < untrusted || bit / 8 >= end) {
                byte[] damaged = file.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                assertEquals(false, counts(keyring, damaged, content), "bit " + bit);
            }
        }
    }

    @Test
    void aDamagedSignatureNeverCounts() {
        byte[] file = Sample.signature(key, CONTENT).toArray();
        var whole = MinisignSignature.parse(Bytes.of(file));
        var keyring = keyring(key);
        var content = measured(CONTENT);
        var mutation = new Mutation(1);
        for (int round = Mutation.rounds(2_000); round > 0; round--) {
            byte[] damaged = mutation.of(file);
            if (counts(keyring, damaged, content)) {
                assertEquals(whole, MinisignSignature.parse(Bytes.of(damaged)), "another untrusted comment");
            }
        }
        for (int round = Mutation.rounds(100); round > 0; round--) {
            var other = measured(mutation.of(CONTENT));
            assertEquals(Reason.OTHER_CONTENT, reason(verdict(keyring, Bytes.of(file), other)));
        }
    }

    @Test
    void bothSignaturesAreChecked() {
        byte[] other = "other".getBytes(StandardCharsets.US_ASCII);
        var content = measured(CONTENT);
        var lines = lines(Sample.prehashed(key, CONTENT, "one"));
        var swapped = lines(Sample.prehashed(key, CONTENT, "two"));
        var elsewhere = lines(Sample.prehashed(key, other, "one"));
        assertRefused("trusted comment", content, lines[0], lines[1], lines[2], swapped[3]);
        assertRefused("trusted comment", content, lines[0], lines[1], swapped[2], lines[3]);
        assertRefused("trusted comment", content, lines[0], lines[1], lines[2], elsewhere[3]);
        assertRefused("content or the signature", content, lines[0], elsewhere[1], lines[2], elsewhere[3]);
    }

    private void assertRefused(String words, Measured content, String... lines) {
        var file = Sample.bytes(String.join("\n", lines) + "\n");
        var bad = assertInstanceOf(Verdict.Bad.class, verdict(keyring(key), file, content));
        assertEquals(Reason.OTHER_CONTENT, bad.reason());
        assertTrue(bad.sentence().contains(words), bad.sentence());
    }

    /// One kind does not pass for the other: what is signed differs.
    @Test
    void theKindIsPartOfWhatIsChecked() {
        byte[] digest = measured(CONTENT).digest(DigestAlgorithm.BLAKE2B_512).bytes();
        var asLegacy = Sample.file(key, "Ed", Sample.value(key, digest), "x");
        assertEquals(Reason.OTHER_CONTENT, reason(verdict(keyring(key), asLegacy, measured(CONTENT))));
        var asPrehashed = Sample.file(key, "ED", Sample.value(key, CONTENT), "x");
        assertEquals(Reason.OTHER_CONTENT, reason(verdict(keyring(key), asPrehashed, measured(CONTENT))));
    }

    @Test
    void theOlderKindTakesContentOfOneMebibyte() {
        byte[] largest = new byte[Measured.CONTENT_BYTES_MAX];
        var signature = Sample.legacy(key, largest, "x");
        assertInstanceOf(Verdict.Good.class, verdict(keyring(key), signature, measured(largest)));
        var larger = measured(new byte[Measured.CONTENT_BYTES_MAX + 1]);
        assertEquals(Reason.UNSUPPORTED, reason(verdict(keyring(key), signature, larger)));
    }

    @Test
    void commentsHaveTheirLimits() {
        var keyring = keyring(key);
        var content = measured(CONTENT);
        var longest = Sample.prehashed(key, CONTENT, "x".repeat(TrustedComment.BYTES_MAX));
        assertInstanceOf(Verdict.Good.class, verdict(keyring, longest, content));
        var longer = Sample.prehashed(key, CONTENT, "x".repeat(TrustedComment.BYTES_MAX + 1));
        assertThrows(MalformedException.class, () -> keyring.read(longer));
        String file = new String(Sample.prehashed(key, CONTENT, "").toArray(), StandardCharsets.UTF_8);
        var untrusted = Sample.bytes(file.replace(": x\n", ": " + "x".repeat(NumberedKey.UNTRUSTED_BYTES_MAX) + "\n"));
        assertInstanceOf(Verdict.Good.class, verdict(keyring, untrusted, content));
    }

    @Test
    void aNumberFindsTheKey() {
        var signature = Sample.signature(key, CONTENT);
        var claim = keyring(key()).read(signature).getFirst();
        assertEquals(Set.of(), claim.measures());
        assertEquals(Reason.UNKNOWN_KEY, reason(claim.check(measured(CONTENT), NOW)));
        var number = NumberedKey.of(key.key().publicKey()).number();
        var other = new NumberedKey(number, key().key().publicKey());
        assertEquals(Reason.OTHER_CONTENT, reason(verdict(keyring(other.write("x")), signature, measured(CONTENT))));
        var both = Sample.VERIFYING.keyring(Map.of(
                new Authority("first"),
                other.write("x"),
                QA,
                NumberedKey.of(key.key().publicKey()).write("x")));
        var good = assertInstanceOf(Verdict.Good.class, verdict(both, signature, measured(CONTENT)));
        assertEquals(QA, good.authority());
    }

    /// Shown as minisign shows it: `minisign public key ED...` of a file begins with the number's last byte.
    @Test
    void anUnknownNumberIsShownAsMinisignDoes() {
        String comment = lines(vector("key.pub"))[0];
        var bad = (Verdict.Bad) verdict(keyring(key), vector("prehashed"), measured(OF_TOOL));
        assertTrue(bad.sentence().endsWith(comment.substring(comment.length() - 16)), bad.sentence());
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp:0, 0",
        "timestamp:4294967295, 4294967295",
        "timestamp:4294967296, ",
        "timestamp:0000000001, 1",
        "timestamp:00000000001, ",
        "timestamp:, ",
        "timestamp:-1, ",
        "timestamp:+1, ",
        "timestamp: 1, ",
        "'timestamp:1 ', ",
        "timestamp:١, ",
        "timestamp:1x, ",
        "Timestamp:1, ",
        "file:a timestamp:1, ",
        "file:a>timestamp:1, 1",
        "timestamp:x>timestamp:1, ",
        "timestamp:1>timestamp:2, 1"
    })
    void onlyAWellFormedTimestampIsATime(String comment, Long seconds) {
        var file = Sample.prehashed(key, CONTENT, comment.replace('>', '\t'));
        var claim = keyring(key).read(file).getFirst();
        var good = assertInstanceOf(
                Verdict.Good.class, claim.check(measured(CONTENT), Instant.ofEpochSecond(0xffff_ffffL)));
        assertEquals(Optional.ofNullable(seconds).map(Instant::ofEpochSecond), good.signedAt());
    }

    @Test
    void aClockMayBeAheadByHalfAnHour() {
        long latest = NOW.plus(MinisignKeyring.CLOCK_SKEW_MAX).getEpochSecond();
        var early = Sample.prehashed(key, CONTENT, "timestamp:" + latest);
        assertInstanceOf(Verdict.Good.class, verdict(keyring(key), early, measured(CONTENT)));
        var tooEarly = Sample.prehashed(key, CONTENT, "timestamp:" + (latest + 1));
        assertEquals(Reason.NOT_YET_VALID, reason(verdict(keyring(key), tooEarly, measured(CONTENT))));
    }
}
