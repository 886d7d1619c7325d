// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Buckets' addresses and credentials, signatures of requests, and answers.
class S3SettingsTest {
    private static final SigV4.Credentials EXAMPLE =
            new SigV4.Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Optional.empty());
    /// Of nothing.
    private static final String SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    private Path home;

    /// The examples of "Authenticating Requests: Using the Authorization Header" in the Amazon S3 API Reference.
    @ParameterizedTest
    @CsvSource({
        "/test.txt, range, bytes=0-9, f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        "/?lifecycle, , , fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        "/?max-keys=2&prefix=J, , , 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    })
    void amazonsExamplesAreSignedAlike(String path, String header, String value, String signature) {
        var signing = new SigV4(EXAMPLE, "us-east-1");
        var request = new SigV4.Request(
                "GET",
                URI.create("https://examplebucket.s3.amazonaws.com" + path),
                header == null ? Map.of() : Map.of(header, value),
                SHA256);
        var headers = signing.headers(request, Instant.parse("2013-05-24T00:00:00Z"));
        String authorization = String.valueOf(headers.get("Authorization"));
        assertTrue(authorization.endsWith("Signature=" + signature), authorization);
        assertEquals("20130524T000000Z", headers.get("x-amz-date"));
        assertFalse(headers.containsKey("host"));
        assertFalse(EXAMPLE.toString().contains("wJal"));
    }

    @Test
    void aSessionsTokenIsSignedToo() {
        var session = new SigV4.Credentials("a", "b", Optional.of("token"));
        var request = new SigV4.Request("GET", URI.create("https://h/b/k"), Map.of(), SigV4.UNSIGNED);
        var headers = new SigV4(session, "eu-central-1").headers(request, Instant.EPOCH);
        assertEquals("token", headers.get("x-amz-security-token"));
        assertTrue(String.valueOf(headers.get("Authorization")).contains(";x-amz-security-token,"));
    }

    private URI base(String bucket, String... variables) {
        var environment = new HashMap<String, String>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return S3Settings.read(bucket, environment).base();
    }

    @Test
    void aBucketHasAnAddress() {
        assertEquals("https://b-1.s3.us-east-1.amazonaws.com/", base("b-1").toString());
        assertEquals(
                "https://b-1.s3.eu-west-1.amazonaws.com/",
                base("b-1", "AWS_DEFAULT_REGION", "eu-west-1").toString());
        assertEquals(
                "https://s3.us-west-2.amazonaws.com/a.b.c/",
                base("a.b.c", "AWS_REGION", "us-west-2", "AWS_DEFAULT_REGION", "eu-west-1")
                        .toString());
        assertEquals(
                "https://minio.example/b-1/",
                base("b-1", "AWS_ENDPOINT_URL", "https://minio.example:443/").toString());
        assertEquals(
                "http://127.0.0.1:9000/x/b-1/",
                base(
                                "b-1",
                                "AWS_ENDPOINT_URL",
                                "https://other.example",
                                "AWS_ENDPOINT_URL_S3",
                                "http://127.0.0.1:9000/x//")
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "Bucket", "b_1", "-b1", "b1-", "a/b", "a@b", "b:1"})
    void otherTextsAreNoBuckets(String bucket) {
        assertThrows(UsageException.class, () -> S3Settings.read(bucket, Map.of()));
    }

    @Test
    void aBucketHasALimit() {
        S3Settings.read("b".repeat(63), Map.of());
        assertThrows(UsageException.class, () -> S3Settings.read("b".repeat(64), Map.of()));
        S3Settings.read("b".repeat(3), Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minio.example",
                "ftp://h/",
                "https://a@h/",
                "https://h/?a",
                "https://h/#a",
                "https:///",
                "https://h /"
            })
    void otherTextsAreNoEndpoints(String endpoint) {
        assertThrows(UsageException.class, () -> base("bucket", "AWS_ENDPOINT_URL", endpoint));
        assertThrows(UsageException.class, () -> base("bucket", "AWS_REGION", "eu west"));
    }

    private Optional<SigV4.Credentials> credentials(Map<String, String> environment) {
        var all = new HashMap<>(environment);
        all.put("HOME", home.toString());
        return S3Settings.read("bucket", all).credentials();
    }

    private Path file(String mode) throws IOException {
        Path file = Files.createDirectories(home.resolve(".aws")).resolve("credentials");
        Files.writeString(file, """
                # what the AWS command line writes
                [default]
                aws_access_key_id = K1
                AWS_SECRET_ACCESS_KEY=S1
                [ ci ]
                aws_access_key_id = K2
                aws_secret_access_key = S=2
                aws_session_token = T2
                [half]
                aws_access_key_id = K3
                ;aws_secret_access_key = S3
                """);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void credentialsComeFromTheEnvironmentOrTheFile() throws IOException {
        assertTrue(credentials(Map.of()).isEmpty());
        var environment = Map.of("AWS_ACCESS_KEY_ID", "K", "AWS_SECRET_ACCESS_KEY", "S", "AWS_SESSION_TOKEN", "T");
        var theirs = Optional.of(new SigV4.Credentials("K", "S", Optional.of("T")));
        assertEquals(theirs, credentials(environment));
        assertThrows(UsageException.class, () -> credentials(Map.of("AWS_PROFILE", "ci")));
        assertThrows(UsageException.class, () -> credentials(Map.of("AWS_ACCESS_KEY_ID", "K")));
        Path file = file("rw-------");
        assertEquals(theirs, credentials(environment));
        assertEquals(Optional.of(new SigV4.Credentials("K1", "S1", Optional.empty())), credentials(Map.of()));
        assertEquals(
                Optional.of(new SigV4.Credentials("K2", "S=2", Optional.of("T2"))),
                credentials(Map.of("AWS_PROFILE", "ci")));
        for (String profile : List.of("half", "none")) {
            assertThrows(MalformedException.class, () -> credentials(Map.of("AWS_PROFILE", profile)));
        }
        Path elsewhere = Files.move(file, home.resolve("elsewhere"));
        assertTrue(credentials(Map.of()).isEmpty());
        assertTrue(credentials(Map.of("AWS_SHARED_CREDENTIALS_FILE", elsewhere.toString()))
                .isPresent());
    }

    @Test
    void aFileThatIsOpenToOthersIsRefused() throws IOException {
        file("rw-r-----");
        assertThrows(RefusedException.class, () -> credentials(Map.of()));
    }

    private static Places places(Map<String, String> environment) {
        return new Places(
                new Terminal(InputStream.nullInputStream(), System.out, System.err, environment, Clock.systemUTC()),
                Optional.empty());
    }

    @Test
    void aTextNamesABucketAndWhatIsInIt() {
        var places = places(Map.of());
        assertEquals("\"s3://bucket/\"", places.place("s3://bucket").toString());
        assertEquals("\"s3://bucket/a/b/\"", places.place("s3://bucket/a/b").toString());
        assertEquals("\"s3://bucket/a/b/\"", places.place("s3://bucket/a/b/").toString());
        var file = places.file("s3://bucket/a/b%20c");
        assertEquals("b%20c", file.name().text());
        assertEquals("\"s3://bucket/a/\"", file.place().toString());
        assertEquals("\"s3://bucket/\"", places.file("s3://bucket/b").place().toString());
        places.place("s3://bucket/" + "a".repeat(511));
        for (String text : List.of(
                "s3://bucket/../x",
                "s3://bucket/a//b",
                "s3://bucket//",
                "s3://bucket/./",
                "s3://bucket/" + "a".repeat(512),
                "s3://bucket/a\nb",
                "s3:///a")) {
            assertThrows(UsageException.class, () -> places.place(text), text);
        }
        assertThrows(UsageException.class, () -> places.file("s3://bucket"));
        assertThrows(UsageException.class, () -> places.file("s3://bucket/a/"));
    }

    @Test
    void aSecretDoesNotGoOverAPlainNetwork() {
        var environment = new HashMap<>(Map.of("AWS_ENDPOINT_URL", "http://minio.example"));
        places(environment).place("s3://bucket");
        environment.put("AWS_ACCESS_KEY_ID", "K");
        environment.put("AWS_SECRET_ACCESS_KEY", "S");
        assertThrows(UsageException.class, () -> places(environment).place("s3://bucket"));
        environment.put("AWS_ENDPOINT_URL", "https://minio.example");
        places(environment).place("s3://bucket");
        environment.put("AWS_ENDPOINT_URL", "http://localhost:9000");
        places(environment).place("s3://bucket");
    }

    /// "Encoding type" of ListObjectsV2: keys may have characters that XML 1.0 does not.
    @Test
    void keysAreReadAsTheAnswerSaysTheyAreWritten() throws IOException {
        String keys = "<Contents><Key>dir/a%01b%2Bc+d.bin</Key></Contents><Contents><Key>100%</Key></Contents>";
        assertEquals(
                List.of("dir/a%01b%2Bc+d.bin", "100%"),
                answer("<L>" + keys + "</L>").keys());
        String encoded = "<EncodingType>url</EncodingType>";
        assertEquals(
                List.of("dir/a\u0001b+c d.bin"),
                answer("<L>" + encoded + keys + "</L>").keys());
    }

    private static S3Answer answer(String document) throws IOException {
        return S3Answer.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anAnswerIsXmlAndNothingElse() throws IOException {
        var listed = answer("<?xml version='1.0'?><ListBucketResult xmlns='x'><Contents><Key>a&amp;b</Key>"
                + "<Owner><ID>7</ID></Owner></Contents><Contents><Key> </Key></Contents></ListBucketResult>");
        assertEquals(List.of("a&b", " "), listed.all("Contents/Key"));
        assertEquals(Optional.of("7"), listed.first("Contents/Owner/ID"));
        assertTrue(listed.error().isEmpty());
        assertEquals(
                Optional.of("\"InternalError\""),
                answer("<Error><Code>InternalError</Code></Error>").error());
        for (String wrong : List.of(
                "",
                "{}",
                "<a>",
                "<a/><b/>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "<a>".repeat(33) + "</a>".repeat(33))) {
            assertThrows(IOException.class, () -> answer(wrong), wrong);
        }
        answer("<a>".repeat(32) + "</a>".repeat(32));
    }

    @Test
    void anAnswerHasALimit() throws IOException {
        String around = "<a></a>";
        String most = "<a>" + " ".repeat(S3Answer.BYTES_MAX - around.length()) + "</a>";
        answer(most);
        assertThrows(IOException.class, () -> answer(most + " "));
    }

    /// "Maximum number of parts per upload 10,000": parts grow, up to what fits into memory.
    @Test
    void aLargerObjectHasLargerParts() {
        var parts = new S3Place.Parts(10, 16, 64);
        assertEquals(16, parts.of(11));
        assertEquals(16, parts.of(160_000));
        assertEquals(17, parts.of(160_001));
        assertEquals(64, parts.of(640_000));
        assertThrows(ChanceryException.class, () -> parts.of(640_001));
    }
}
