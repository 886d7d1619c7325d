// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.kms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.Main;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The protocol of Sigstore's command line plugins, version v1, as its Go package writes and reads it.
class SigstoreKmsTest {
    private static final String CONTENT = "content\n";

    @TempDir
    private static Path root;

    @BeforeAll
    static void makeOffice() {
        chancery("init");
        chancery("authority", "add", "build", "--format", "raw", "--algorithm", "ecdsa-p256");
        chancery("authority", "add", "qa", "--format", "raw", "--algorithm", "ecdsa-p256");
        chancery("authority", "add", "ed", "--format", "raw", "--algorithm", "ed25519");
        chancery("authority", "add", "pgp", "--format", "openpgp");
    }

    private record Said(int status, String output) {
        Json.Members answer() {
            return (Json.Members)
                    Json.parse(Bytes.of(output.getBytes(UTF_8)), "answer").json();
        }

        byte[] bytes(String method, String field) {
            assertEquals(0, status, output);
            var object = (Json.Members) answer().fields().get(method);
            return Base64.getDecoder().decode(((Json.Text) object.fields().get(field)).value());
        }

        String error() {
            assertEquals(1, status, output);
            assertEquals(1, answer().fields().size(), output);
            return ((Json.Text) answer().fields().get("errorMessage")).value();
        }
    }

    private static Terminal terminal(String input, ByteArrayOutputStream out) {
        return new Terminal(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                Map.of("CHANCERY_HOME", root.resolve("office").toString()),
                Clock.systemUTC());
    }

    private static void chancery(String... words) {
        assertEquals(0, Main.run(terminal("", new ByteArrayOutputStream()), words));
    }

    private static Said plugin(String input, String... words) {
        var out = new ByteArrayOutputStream();
        int status = SigstoreKms.run(terminal(input, out), List.of(words));
        return new Said(status, out.toString(UTF_8));
    }

    /// As Go's encoding/json writes the arguments.
    private static String arguments(String key, String rest) {
        return "{\"initOptions\":{\"protocolVersion\":\"v1\",\"keyResourceID\":\"" + key
                + "\",\"hashFunc\":5,\"rpcOptions\":{}}," + rest + "}";
    }

    private static Said call(String key, String input, String rest) {
        return plugin(input, "v1", arguments(key, rest));
    }

    private static byte[] signed(String key) {
        String rest = "\"methodName\":\"signMessage\",\"signMessage\":"
                + "{\"signOptions\":{\"rpcOptions\":{},\"messageOptions\":{}}}";
        return call(key, CONTENT, rest).bytes("signMessage", "signature");
    }

    private static Said verify(String key, byte[] signature, String content, String messageOptions) {
        return call(
                key,
                content,
                "\"methodName\":\"verifySignature\",\"verifySignature\":{\"signature\":\"%s\",\"verifyOptions\":"
                                .formatted(Base64.getEncoder().encodeToString(signature))
                        + "{\"rpcOptions\":{},\"messageOptions\":{" + messageOptions + "}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "ed"})
    void whatIsSignedVerifies(String key) {
        byte[] signature = signed(key);
        assertEquals(0, verify(key, signature, CONTENT, "").status());
        assertEquals(
                "{\"verifySignature\":{}}\n",
                verify(key, signature, CONTENT, "").output());
        assertTrue(verify(key, signature, "Content\n", "").error().contains("does not count"));
        assertTrue(verify(key, new byte[1], CONTENT, "").error().contains("does not count"));
    }

    /// That it is another authority's of the same keyring is no excuse.
    @Test
    void onlyTheKeyThatIsMeantVerifies() {
        verify("qa", signed("build"), CONTENT, "").error();
        assertEquals(0, verify("build", signed("build"), CONTENT, "").status());
    }

    @Test
    void aDigestIsEnoughToVerify() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(CONTENT.getBytes(UTF_8));
        String option = "\"digest\":\"" + Base64.getEncoder().encodeToString(digest) + "\",\"hashFunc\":5";
        assertEquals(0, verify("build", signed("build"), "", option).status());
        digest[0] ^= 1;
        option = "\"digest\":\"" + Base64.getEncoder().encodeToString(digest) + "\"";
        assertTrue(verify("build", signed("build"), "", option).error().contains("does not count"));
        verify("ed", signed("ed"), "", option).error();
        verify("build", signed("build"), "", "\"digest\":\"AAAA\"").error();
    }

    @Test
    void theSignatureIsOnRecordByItsName() throws IOException {
        signed("build/app.jar");
        signed("build");
        String audit = Files.readString(root.resolve("office/audit.jsonl"));
        assertTrue(audit.contains("\"artifact\":\"app.jar\""), audit);
        assertTrue(audit.contains("\"artifact\":\"cosign\""), audit);
    }

    @Test
    void thePublicKeyIsTheKeyrings() throws IOException {
        byte[] pem = call(
                        "build",
                        "",
                        "\"methodName\":\"publicKey\",\"publicKey\":{\"publicKeyOptions\":{\"rpcOptions\":"
                                + "{\"ctxDeadline\":\"2026-03-01T00:00:00Z\",\"keyVersion\":\"1\"}}}")
                .bytes("publicKey", "publicKeyPEM");
        assertArrayEquals(Files.readAllBytes(root.resolve("office/keyring/build.raw.pem")), pem);
        byte[] unsaid = call("build", "", "\"methodName\":\"publicKey\",\"publicKey\":{\"publicKeyOptions\":null}")
                .bytes("publicKey", "publicKeyPEM");
        assertArrayEquals(pem, unsaid);
    }

    @Test
    void algorithmsAreThoseOfRawKeys() {
        assertEquals(
                "{\"supportedAlgorithms\":{\"supportedAlgorithms\":[\"ecdsa-p256\",\"rsa-3072\",\"rsa-4096\","
                        + "\"ed25519\"]}}\n",
                call("build", "", "\"methodName\":\"supportedAlgorithms\",\"supportedAlgorithms\":{}")
                        .output());
        assertEquals(
                "{\"defaultAlgorithm\":{\"defaultAlgorithm\":\"ecdsa-p256\"}}\n",
                call("build", "", "\"methodName\":\"defaultAlgorithm\",\"defaultAlgorithm\":{}")
                        .output());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        build    | createKey       | {"algorithm":"ecdsa-p256"}                            | are not made
        nobody   | signMessage     | {"signOptions":{}}                                    | no key of authority nobody
        pgp      | signMessage     | {"signOptions":{}}                                    | no key of authority pgp
        build    | signMessage     | {"signOptions":{"messageOptions":{"digest":"X"}}}     | not base64
        build    | signMessage     | {"signOptions":{"messageOptions":{"hashFunc":7}}}     | SHA-256
        build    | signMessage     | {"signOptions":{"messageOptions":{"hashFunc":0}}}     | SHA-256
        build    | signMessage     | {"signOptions":{"rpcOptions":{"keyVersion":"2"}}}     | versions 1 to 1
        build    | signMessage     | {"signOptions":{"rpcOptions":{"keyVersion":"10000"}}} | key version
        build    | signMessage     | {"signOptions":{"rpcOptions":{"auth":"secret"}}}      | auth
        build    | verifySignature | {"verifyOptions":{}}                                  | "signature"
        build    | rotate          | {}                                                    | method
        BUILD    | publicKey       | {}                                                    | BUILD
        build/   | publicKey       | {}                                                    | name
        """)
    void whatIsNotDoneIsSaid(String key, String method, String value, String words) {
        String error = call(key, CONTENT, "\"methodName\":\"%s\",\"%s\":%s".formatted(method, method, value))
                .error();
        assertTrue(error.contains(words), error);
    }

    private static Said signed(String content, byte[] digest) {
        String option = "{\"signOptions\":{\"messageOptions\":{\"digest\":\"%s\",\"hashFunc\":5}}}"
                .formatted(Base64.getEncoder().encodeToString(digest));
        return call("build", content, "\"methodName\":\"signMessage\",\"signMessage\":" + option);
    }

    /// cosign 3 gives both.
    @Test
    void aDigestHasToBeTheMessages() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(CONTENT.getBytes(UTF_8));
        byte[] empty = MessageDigest.getInstance("SHA-256").digest();
        byte[] signature = signed(CONTENT, digest).bytes("signMessage", "signature");
        assertEquals(0, verify("build", signature, CONTENT, "").status());
        assertTrue(signed("Content\n", digest).error().contains("is not the message's"));
        assertEquals(0, signed("", empty).status());
        String before = Files.readString(root.resolve("office/audit.jsonl"));
        assertTrue(signed("", digest).error().contains("no digest without it"));
        assertEquals(before, Files.readString(root.resolve("office/audit.jsonl")), "nothing was asked for");
    }

    @Test
    void otherProtocolsAreNotSpoken() {
        String rest = "\"methodName\":\"publicKey\",\"publicKey\":{}";
        assertTrue(plugin("", "v2", arguments("build", rest)).error().contains("v2"));
        assertTrue(plugin("", "v1", arguments("build", rest).replace("\"v1\"", "\"v2\""))
                .error()
                .contains("v2"));
        assertTrue(plugin("").error().contains("is started by cosign"));
        assertTrue(plugin("", "v1", "{").error().contains("arguments"));
    }
}
