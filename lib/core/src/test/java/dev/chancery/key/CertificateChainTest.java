// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateChainTest {
    private static final Bytes ONE = Bytes.of(new byte[100]);
    private static final String BLOCK = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        var chain = new CertificateChain(List.of(ONE, Bytes.of(new byte[] {1, 2, 3})));
        assertEquals(chain, CertificateChain.parse(chain.toPem()));
        assertEquals(ONE, chain.first());
        String pem = new String(chain.toPem().toArray(), StandardCharsets.US_ASCII);
        assertTrue(pem.lines().allMatch(line -> line.length() <= 64), pem);
    }

    /// RFC 7468, section 2: explanatory text around the blocks, which `openssl x509 -text` writes.
    @Test
    void textAroundTheBlocksIsPassedOver() {
        var chain =
                CertificateChain.parse(bytes("Certificate:\n    Data:\n" + BLOCK + "subject=CN = qa\r\n\n" + BLOCK));
        assertEquals(2, chain.certificates().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAA\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n",
                "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                "-----BEGIN TRUSTED CERTIFICATE-----\nAAAA\n-----END TRUSTED CERTIFICATE-----\n"
            })
    void everythingElseIsMalformed(String text) {
        assertThrows(MalformedException.class, () -> CertificateChain.parse(bytes(text)));
        assertThrows(MalformedException.class, () -> CertificateChain.parse(bytes(text + BLOCK + text + "-----\n")));
    }

    @Test
    void numbersAndSizesAreLimited() {
        var most = Collections.nCopies(CertificateChain.CERTIFICATES_MAX, ONE);
        assertEquals(most, new CertificateChain(most).certificates());
        var more = Collections.nCopies(CertificateChain.CERTIFICATES_MAX + 1, ONE);
        assertThrows(MalformedException.class, () -> new CertificateChain(more));
        assertThrows(MalformedException.class, () -> new CertificateChain(List.of()));
        var largest = Bytes.of(new byte[CertificateChain.CERTIFICATE_BYTES_MAX]);
        assertEquals(largest, new CertificateChain(List.of(largest)).first());
        var tooLarge = List.of(Bytes.of(new byte[CertificateChain.CERTIFICATE_BYTES_MAX + 1]));
        assertThrows(MalformedException.class, () -> new CertificateChain(tooLarge));
        String padding = "\n".repeat(CertificateChain.FILE_BYTES_MAX - BLOCK.length());
        assertEquals(
                1, CertificateChain.parse(bytes(padding + BLOCK)).certificates().size());
        var file = bytes("\n" + padding + BLOCK);
        assertThrows(MalformedException.class, () -> CertificateChain.parse(file));
    }
}
