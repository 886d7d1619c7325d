// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import dev.chancery.algorithms.FileVectors;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measured;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The files below `vectors/cms`: what openssl made, and files with one fault each, by a program that shares
/// nothing with ours, whose signatures are right in all other respects.
class CmsVectorsTest {
    /// Within the validity of the certificate, after the signing times that are to be right.
    private static final Instant NOW = Instant.parse("2027-06-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2045-01-01T00:00:00Z");

    private static final Measured CONTENT =
            Sample.measured(FileVectors.bytes("cms/content.txt").toArray());

    @Test
    void everyFileIsJudgedAsItsFirstLineSays() {
        FileVectors.judge("cms/signatures", CmsVectorsTest::judged);
    }

    private static String judged(Bytes file) {
        var keyring = Sample.keyring(FileVectors.bytes("cms/qa.cms.pem"));
        var claim = keyring.read(file).getFirst();
        var early = claim.check(CONTENT, NOW);
        boolean later = early instanceof Verdict.Bad bad && bad.sentence().contains("at 2040");
        return switch (later ? claim.check(CONTENT, LATER) : early) {
            case Verdict.Good good -> good.authority().name();
            case Verdict.Bad bad -> throw new MalformedException(bad.reason().label() + ": " + bad.sentence());
        };
    }
}
