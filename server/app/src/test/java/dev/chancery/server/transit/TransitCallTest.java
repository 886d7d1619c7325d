// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.transit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.PublicKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransitCallTest {
    private static final String HELLO = "aGVsbG8K";
    /// Of `hello` and a line feed.
    private static final String HELLO_SHA256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

    private static PublicKey p256;
    private static PublicKey rsa;
    private static PublicKey ed25519;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        p256 = key("EC", 256);
        rsa = key("RSA", 3072);
        ed25519 = key("Ed25519", 255);
    }

    private static PublicKey key(String algorithm, int size) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return PublicKey.parse(generator.generateKeyPair().getPublic().getEncoded());
    }

    private static TransitCall read(String body, Optional<String> hash) {
        var json = TransitApi.body(Bytes.of(body.getBytes(StandardCharsets.UTF_8)));
        return json.object(object -> TransitCall.read(object, hash));
    }

    private static TransitCall read(String body) {
        return read(body, Optional.empty());
    }

    private static Measured measured(String body, PublicKey key) {
        var call = read(body);
        return call.measured(call.inputs().getFirst(), key);
    }

    private static String prehashed(byte[] digest) {
        return "{\"input\":\"%s\",\"prehashed\":true}"
                .formatted(Base64.getEncoder().encodeToString(digest));
    }

    @Test
    void anInputIsMeasuredWhole() {
        var measured = measured("{\"input\":\"" + HELLO + "\"}", p256);
        assertTrue(measured.hasSize());
        assertEquals(6, measured.size());
        assertEquals(HELLO_SHA256, measured.digest(DigestAlgorithm.SHA256).hex());
        assertTrue(measured("{\"input\":\"" + HELLO + "\"}", ed25519).has(Measure.content()));
    }

    @Test
    void aDigestIsTakenAsItIs() {
        byte[] digest = new byte[32];
        var measured = measured(prehashed(digest), p256);
        assertFalse(measured.hasSize());
        assertEquals("0".repeat(64), measured.digest(DigestAlgorithm.SHA256).hex());
        assertThrows(MalformedException.class, () -> measured(prehashed(digest), ed25519));
        assertThrows(MalformedException.class, () -> measured(prehashed(new byte[31]), p256));
        assertThrows(MalformedException.class, () -> measured(prehashed(new byte[33]), p256));
    }

    @Test
    void anInputHasAtMostOneMebibyte() {
        int most = Measured.CONTENT_BYTES_MAX;
        String largest = "{\"input\":\"" + Base64.getEncoder().encodeToString(new byte[most]) + "\"}";
        assertEquals(most, measured(largest, p256).size());
        String larger = "{\"input\":\"" + Base64.getEncoder().encodeToString(new byte[most + 1]) + "\"}";
        assertThrows(MalformedException.class, () -> measured(larger, p256));
    }

    @Test
    void rsaKeysSignInOnePaddingOnly() {
        String pss = "{\"input\":\"" + HELLO + "\",\"signature_algorithm\":\"pss\"}";
        assertThrows(MalformedException.class, () -> measured(pss, rsa));
        assertThrows(MalformedException.class, () -> read(pss).requirePadding(rsa));
        read(pss).requirePadding(p256);
        assertEquals(6, measured(pss, p256).size(), "other keys have no padding");
        String pkcs = "{\"input\":\"" + HELLO + "\",\"signature_algorithm\":\"pkcs1v15\"}";
        assertEquals(6, measured(pkcs, rsa).size());
        read(pkcs).requirePadding(rsa);
    }

    @Test
    void whoVerifiesNeedNotSayThePadding() {
        String unsaid = "{\"input\":\"" + HELLO + "\"}";
        assertEquals(6, measured(unsaid, rsa).size());
        assertThrows(MalformedException.class, () -> read(unsaid).requirePadding(rsa), "Vault's default is PSS");
        read(unsaid).requirePadding(p256);
    }

    /// Vault's command line sends texts.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "prehashed":true                     | true  | 0
        "prehashed":"true"                   | true  | 0
        "prehashed":"false","key_version":2  | false | 2
        "key_version":"0"                    | false | 0
        "key_version":"9999"                 | false | 9999
        "marshaling_algorithm":"asn1"        | false | 0
        "hash_algorithm":"sha2-256"          | false | 0
        """)
    void valuesAreReadAsTextsToo(String fields, boolean prehashed, int version) {
        var call = read("{\"input\":\"" + HELLO + "\"," + fields + "}");
        assertEquals(prehashed, call.manner().prehashed());
        assertEquals(version, call.version());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"input\":\"" + HELLO + "\",\"context\":\"AA==\"",
                "\"input\":\"" + HELLO + "\",\"prehashed\":1",
                "\"input\":\"" + HELLO + "\",\"prehashed\":\"yes\"",
                "\"input\":\"" + HELLO + "\",\"key_version\":-1",
                "\"input\":\"" + HELLO + "\",\"key_version\":10000",
                "\"input\":\"" + HELLO + "\",\"key_version\":\"10000\"",
                "\"input\":\"" + HELLO + "\",\"hash_algorithm\":\"sha1\"",
                "\"input\":\"" + HELLO + "\",\"algorithm\":\"sha2-512\"",
                "\"input\":\"" + HELLO + "\",\"marshaling_algorithm\":\"jws\"",
                "\"input\":\"" + HELLO + "\",\"signature\":\"vault:v0:AAAA\"",
                "\"input\":\"" + HELLO + "\",\"signature\":\"vault:v10000:AAAA\"",
                "\"input\":\"" + HELLO + "\",\"signature\":\"AAAA\"",
                "\"input\":\"" + HELLO + "\",\"batch_input\":[{\"input\":\"" + HELLO + "\"}]",
                "\"batch_input\":[]"
            })
    void whatIsNotDoneIsRefused(String fields) {
        assertThrows(MalformedException.class, () -> read("{" + fields + "}"));
    }

    @Test
    void theHashInThePathCounts() {
        assertEquals(
                1,
                read("{\"input\":\"" + HELLO + "\"}", Optional.of("sha2-256"))
                        .inputs()
                        .size());
        assertThrows(MalformedException.class, () -> read("{\"input\":\"" + HELLO + "\"}", Optional.of("sha2-512")));
    }

    @Test
    void aBatchHasAThousandInputs() {
        String one = "{\"input\":\"" + HELLO + "\",\"reference\":\"a\"}";
        var call = read("{\"batch_input\":[" + (one + ",").repeat(999) + one + "]}");
        assertTrue(call.batch());
        assertEquals(1_000, call.inputs().size());
        assertEquals(Optional.of("a"), call.inputs().getFirst().reference());
        assertThrows(
                MalformedException.class, () -> read("{\"batch_input\":[" + (one + ",").repeat(1_000) + one + "]}"));
    }
}
