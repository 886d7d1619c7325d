// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.key.KeyAlgorithm;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatDescriptionTest {
    private static final FormatDescription DESCRIPTION = new FormatDescription(
            new FormatName("red"),
            List.of(KeyAlgorithm.ECDSA_P256, KeyAlgorithm.ED25519),
            List.of(
                    new FormatDescription.Written(Encoding.ARMOR, ".asc"),
                    new FormatDescription.Written(Encoding.BINARY, ".sig")),
            new FormatDescription.PublicKeys(".pub", false));

    @Test
    void theFirstIsTheDefault() {
        assertEquals(Encoding.ARMOR, DESCRIPTION.defaultEncoding());
        assertEquals(KeyAlgorithm.ECDSA_P256, DESCRIPTION.defaultAlgorithm());
    }

    @Test
    void whatIsNotListedIsMalformed() {
        assertEquals(".sig", DESCRIPTION.suffix(Encoding.BINARY));
        assertEquals(
                "format red has no encoding cleartext, only binary, armor",
                assertThrows(MalformedException.class, () -> DESCRIPTION.suffix(Encoding.CLEARTEXT))
                        .sentence());
        assertDoesNotThrow(() -> DESCRIPTION.requireAlgorithm(KeyAlgorithm.ED25519));
        assertEquals(
                "format red takes no rsa-3072 key, only ecdsa-p256, ed25519",
                assertThrows(MalformedException.class, () -> DESCRIPTION.requireAlgorithm(KeyAlgorithm.RSA_3072))
                        .sentence());
    }
}
