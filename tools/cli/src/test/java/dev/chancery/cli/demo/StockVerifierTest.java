// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatDescription;
import dev.chancery.formats.Formats;
import dev.chancery.key.KeyAlgorithm;
import java.util.List;
import org.junit.jupiter.api.Test;

class StockVerifierTest {
    @Test
    void everyFormWithItsDefaultKeyHasAJudge() {
        for (var format : Formats.all(new BouncyCastleHashes()).list()) {
            boolean isOfTags = format.description().signs() == FormatDescription.Signs.TAG;
            for (var written :
                    isOfTags || !DemoOffice.shows(format.description().name())
                            ? List.<FormatDescription.Written>of()
                            : format.description().encodings()) {
                var form = new Specimen.Form(
                        format.description().name(),
                        written.encoding(),
                        format.description().defaultAlgorithm());
                assertTrue(
                        StockVerifier.ALL.stream()
                                .anyMatch(verifier -> verifier.judges().test(form)),
                        () -> "no stock verifier judges " + form);
            }
        }
    }

    @Test
    void aCommandLineCanBePasted() {
        var form = new Specimen.Form(new FormatName("openpgp"), Encoding.ARMOR, KeyAlgorithm.ED25519);
        var specimen = new Specimen("qa", form, "it's here", ".asc");
        var sqop = StockVerifier.ALL.stream()
                .filter(verifier -> verifier.tool().name().equals("sqop"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "sqop verify 'bad-file/it'\\''s here.qa.asc' keys/qa.gpg < 'bad-file/it'\\''s here'",
                sqop.on(specimen, "bad-file").toString());
    }
}
