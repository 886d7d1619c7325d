// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// RFC 7468, section 13: "Public keys are encoded using the 'PUBLIC KEY' label."
class PublicKeyPemTest {
    private static final Authority QA = new Authority("qa");
    private static final PublicKey KEY = MemoryKey.Pair.of(KeyAlgorithm.ED25519).publicKey();
    private static final String PEM = PublicKeyPem.write(KEY);

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(KeyAlgorithm algorithm) {
        var key = MemoryKey.Pair.of(algorithm).publicKey();
        String pem = PublicKeyPem.write(key);
        assertEquals(List.of(key), read(pem));
        assertTrue(pem.lines().allMatch(line -> line.length() <= 64));
        assertEquals(algorithm.scheme(), key.scheme());
    }

    @Test
    void blankLinesAndOtherLineEndsAreNothing() {
        assertEquals(List.of(KEY, KEY), read("\n" + PEM + " \n\t\n" + PEM + "\n"));
        assertEquals(List.of(KEY), read(PEM.replace("\n", "\r\n")));
        assertEquals(List.of(KEY), read(PEM.strip()));
    }

    @Test
    void whateverElseStandsThereIsMalformed() {
        String body = PEM.lines().skip(1).findFirst().orElseThrow();
        assertFault("text outside", "a key:\n" + PEM);
        assertFault("text outside", PEM + "end\n");
        assertFault("text outside", PEM.replace("PUBLIC", "RSA PUBLIC"));
        assertFault("text outside", PEM.replace("-----BEGIN", "----BEGIN"));
        assertFault("not base64", PEM.replace("-----END PUBLIC", "-----END RSA PUBLIC") + PEM);
        assertFault("not base64", PEM.replace(body, "*" + body));
        assertFault("not base64", PEM.replace(body, " " + body));
        assertFault("not base64", PEM.replace(body, "Comment: a\n\n" + body));
        assertFault("is not an Ed25519", PEM.replace(body, ""));
        assertFault("not base64", PEM.replace(body, body + "AAAA"));
        assertFault("is not 1 to 100 whole", "");
        assertFault("is not 1 to 100 whole", "-----BEGIN PUBLIC KEY-----\n" + body);
    }

    @Test
    void aFileHoldsAHundredKeys() {
        assertEquals(
                PublicKeyPem.KEYS_MAX, read(PEM.repeat(PublicKeyPem.KEYS_MAX)).size());
        assertFault("is not 1 to 100 whole", PEM.repeat(PublicKeyPem.KEYS_MAX + 1));
    }

    private static void assertFault(String words, String file) {
        var fault = assertThrows(MalformedException.class, () -> read(file));
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }

    private static List<PublicKey> read(String file) {
        return PublicKeyPem.read(QA, Bytes.of(file.getBytes(StandardCharsets.US_ASCII)));
    }
}
