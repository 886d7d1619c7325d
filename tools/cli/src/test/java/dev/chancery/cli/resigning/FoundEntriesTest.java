// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.entry.SignatureEntry;
import dev.chancery.key.KeyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FoundEntriesTest {
    private static final KeyId OLD = new KeyId("0".repeat(64));
    private static final KeyId NEW = new KeyId("1".repeat(64));
    private static final Bounds ALWAYS = new Bounds(Optional.empty(), Optional.empty());

    private static Bytes leaf(String name, KeyId key, long second) {
        var sha256 = new Digest(DigestAlgorithm.SHA256, new byte[32]);
        return new SignatureEntry(
                        new SignatureEntry.Signed(new Artifact(new ArtifactName(name), 1), sha256, Optional.empty()),
                        new SignatureEntry.By(new Authority("release"), key, new FormatName("raw"), Encoding.BINARY),
                        sha256,
                        Instant.ofEpochSecond(second))
                .encode();
    }

    private static int count(FoundEntries found) {
        int count = 0;
        for (var one : found.signed()) {
            count += one.leaf().length() > 0 ? 1 : 0;
        }
        return count;
    }

    @Test
    void asManySignaturesAsTheLimitAreTakenAndNoMore() {
        var found = new FoundEntries(OLD, NEW, ALWAYS, 2);
        found.take(0, leaf("a", OLD, 1));
        found.take(1, leaf("a", OLD, 2));
        found.take(2, leaf("b", OLD, 3));
        assertEquals(2, count(found));
        var bytes = leaf("c", OLD, 4);
        var thrown = assertThrows(MalformedException.class, () -> found.take(3, bytes));
        assertEquals(
                "the key signed more than 2 times; --since and --until make several runs of it", thrown.sentence());
    }

    @Test
    void timesBoundWhatIsSignedAgainButNotWhatWas() {
        var found = new FoundEntries(
                OLD, NEW, new Bounds(Optional.of(Instant.ofEpochSecond(10)), Optional.of(Instant.ofEpochSecond(20))));
        found.take(0, leaf("before", OLD, 9));
        found.take(1, leaf("first", OLD, 10));
        found.take(2, leaf("last", OLD, 19));
        found.take(3, leaf("after", OLD, 20));
        found.take(4, leaf("last", NEW, 30));
        assertEquals(2, count(found));
        for (var one : found.signed()) {
            assertEquals(one.index() == 2 ? Optional.of(4L) : Optional.empty(), found.again(one));
        }
    }

    @Test
    void whatIsOfNoKnownKindIsCountedAndPassedOver() {
        var found = new FoundEntries(OLD, NEW, ALWAYS);
        found.take(0, Bytes.of("{\"kind\":\"new\"}".getBytes(StandardCharsets.UTF_8)));
        found.take(1, leaf("a", OLD, 1));
        assertEquals(1, found.unknown());
        assertEquals(1, count(found));
    }
}
