// SPDX-License-Identifier: Apache-2.0
package dev.chancery.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/// Whatever the bytes: a value, which writes itself down the same, or malformed.
class RawFuzzTest {
    private static final HexFormat HEX = HexFormat.of();
    /// RFC 8032, section 7.1, test 1; NIST P-256's and P-384's base points; they sign nothing here.
    private static final List<PublicKey> KEYS = List.of(
            PublicKey.ed25519(HEX.parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")),
            PublicKey.ecdsaP256(HEX.parseHex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                    + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")));

    @FuzzTest(maxDuration = "20s")
    void publicKey(byte[] der) {
        try {
            assertArrayEquals(der, PublicKey.parse(der).der());
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }

    @FuzzTest(maxDuration = "20s")
    void pem(byte[] file) {
        try {
            var qa = new Authority("qa");
            var keys = PublicKeyPem.read(qa, Bytes.of(file));
            for (var key : keys) {
                var written = Bytes.of(PublicKeyPem.write(key).getBytes(StandardCharsets.US_ASCII));
                assertEquals(List.of(key), PublicKeyPem.read(qa, written));
            }
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }

    @FuzzTest(maxDuration = "20s")
    void signatureValue(byte[] value) {
        var checks = new SignatureChecks();
        for (var key : KEYS) {
            var toBeSigned = key.scheme() == Scheme.ED25519
                    ? new ToBeSigned.OfMessage(Bytes.of(new byte[] {1}))
                    : new ToBeSigned.OfDigest(new Digest(DigestAlgorithm.SHA256, new byte[32]));
            assertFalse(checks.holds(key, toBeSigned, SignatureValue.of(value)));
        }
    }
}
