// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Artifact;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredTest {
    private static final Measure.OfState BYTES = new Measure.OfState(DigestAlgorithm.SHA512, ContentForm.BYTES);
    private static final Measure.OfState TEXT = new Measure.OfState(DigestAlgorithm.SHA512, ContentForm.TEXT);
    private static final HashState FOUR = StandInHashes.stateOf(DigestAlgorithm.SHA512, new byte[4]);
    private static final Digest DIGEST = new Digest(DigestAlgorithm.SHA256, new byte[32]);

    private static void assertContradicts(
            long size, Map<DigestAlgorithm, Digest> digests, Map<Measure.OfState, HashState> states, int contentBytes) {
        var content = contentBytes < 0 ? Optional.<Bytes>empty() : Optional.of(Bytes.of(new byte[contentBytes]));
        assertThrows(MalformedException.class, () -> Measured.of(size, digests, states, content));
    }

    @Test
    void measurementsThatAgreeAreKept() {
        var content = Bytes.of(new byte[4]);
        var measured =
                Measured.of(4, Map.of(DigestAlgorithm.SHA256, DIGEST), Map.of(BYTES, FOUR), Optional.of(content));
        assertEquals(4, measured.size());
        assertEquals(DIGEST, measured.digest(DigestAlgorithm.SHA256));
        assertEquals(FOUR, measured.state(DigestAlgorithm.SHA512, ContentForm.BYTES));
        assertEquals(content, measured.content());
        assertTrue(measured.has(Measure.digest(DigestAlgorithm.SHA256)));
        assertTrue(measured.has(BYTES));
        assertTrue(measured.has(Measure.content()));
        assertFalse(measured.has(Measure.digest(DigestAlgorithm.SHA512)));
        assertFalse(measured.has(TEXT));
    }

    @Test
    void aTextsStateMayCoverAnotherLength() {
        assertEquals(
                9,
                Measured.of(9, Map.of(), Map.of(TEXT, FOUR), Optional.empty()).size());
    }

    @Test
    void contradictionsAreMalformed() {
        assertContradicts(5, Map.of(), Map.of(BYTES, FOUR), -1);
        assertContradicts(4, Map.of(DigestAlgorithm.SHA512, DIGEST), Map.of(), -1);
        var sha384 = new Measure.OfState(DigestAlgorithm.SHA384, ContentForm.BYTES);
        assertContradicts(4, Map.of(), Map.of(sha384, FOUR), -1);
        assertContradicts(4, Map.of(), Map.of(), 3);
        assertContradicts(4, Map.of(), Map.of(), 5);
        assertContradicts(-1, Map.of(), Map.of(), -1);
        assertContradicts(Artifact.SIZE_BYTES_MAX + 1, Map.of(), Map.of(), -1);
        int most = Measured.CONTENT_BYTES_MAX;
        assertContradicts(most + 1L, Map.of(), Map.of(), most + 1);
        assertTrue(Measured.of(most, Map.of(), Map.of(), Optional.of(Bytes.of(new byte[most])))
                .has(Measure.content()));
        assertEquals(
                Artifact.SIZE_BYTES_MAX,
                Measured.of(Artifact.SIZE_BYTES_MAX, Map.of(), Map.of(), Optional.empty())
                        .size());
    }

    /// What limits sizes refuses it, and nobody records the size.
    @Test
    void contentOfWhichOnlyDigestsAreKnownIsAsLongAsCanBe() {
        var digests = Map.of(DigestAlgorithm.SHA256, DIGEST);
        var measured = Measured.ofDigests(digests);
        assertFalse(measured.hasSize());
        assertEquals(Artifact.SIZE_BYTES_MAX, measured.size());
        assertEquals(DIGEST, measured.digest(DigestAlgorithm.SHA256));
        assertFalse(measured.has(Measure.content()));
        assertTrue(Measured.of(0, digests, Map.of(), Optional.empty()).hasSize());
        assertThrows(MalformedException.class, () -> Measured.ofDigests(Map.of()));
        assertThrows(MalformedException.class, () -> Measured.ofDigests(Map.of(DigestAlgorithm.SHA512, DIGEST)));
    }

    @Test
    void whatWasNotMeasuredIsMalformedToAskFor() {
        var nothing = Measured.of(0, Map.of(), Map.of(), Optional.empty());
        assertThrows(MalformedException.class, () -> nothing.digest(DigestAlgorithm.SHA256));
        assertThrows(MalformedException.class, () -> nothing.state(DigestAlgorithm.SHA512, ContentForm.BYTES));
        assertThrows(MalformedException.class, nothing::content);
    }
}
