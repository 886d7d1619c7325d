// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests as S3 wants it: AWS Signature Version 4 ("Authenticating Requests: Using the Authorization Header" of
/// the Amazon S3 API Reference).
record SigV4(Credentials credentials, String region) {
    /// What the digest of a body is said to be that TLS protects.
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SERVICE = "s3";
    private static final String TERMINATOR = "aws4_request";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String UNRESERVED = "-._~";

    record Credentials(String accessKey, String secretKey, Optional<String> sessionToken) {
        /// Not the secrets.
        @Override
        public String toString() {
            return "access key " + accessKey;
        }
    }

    /// What is signed.
    ///
    /// @param to its path and query are encoded as [#encoded] does it
    /// @param more other headers, their names in lower case
    /// @param payload the SHA-256 of the body in hex, or [#UNSIGNED]
    record Request(String method, URI to, Map<String, String> more, String payload) {}

    /// The headers to send.
    Map<String, String> headers(Request request, Instant now) {
        URI to = request.to();
        String payload = request.payload();
        String time = TIME.format(now);
        var signed = new TreeMap<>(request.more());
        signed.put("host", to.getRawAuthority());
        signed.put("x-amz-content-sha256", payload);
        signed.put("x-amz-date", time);
        credentials.sessionToken().ifPresent(token -> signed.put("x-amz-security-token", token));
        String names = String.join(";", signed.keySet());
        String canonical = String.join(
                "\n", request.method(), to.getRawPath(), query(to.getRawQuery()), lines(signed), names, payload);
        String day = time.substring(0, 8);
        String scope = String.join("/", day, region, SERVICE, TERMINATOR);
        String text = String.join("\n", ALGORITHM, time, scope, sha256(canonical));
        byte[] key = ("AWS4" + credentials.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, region, SERVICE, TERMINATOR}) {
            key = hmac(key, part);
        }
        var headers = new TreeMap<>(signed);
        headers.remove("host"); // the client writes it
        headers.put(
                "Authorization",
                "%s Credential=%s/%s,SignedHeaders=%s,Signature=%s"
                        .formatted(
                                ALGORITHM,
                                credentials.accessKey(),
                                scope,
                                names,
                                HexFormat.of().formatHex(hmac(key, text))));
        return headers;
    }

    private static String lines(SortedMap<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining());
    }

    /// Sorted by names, each with a `=`.
    private static String query(String raw) {
        return raw == null || raw.isEmpty()
                ? ""
                : Stream.of(raw.split("&", -1))
                        .map(part -> part.contains("=") ? part : part + "=")
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    /// Percent-encodes what is not unreserved (RFC 3986, section 2.3).
    static String encoded(String text) {
        var encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            boolean letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
            if (letter || (character >= '0' && character <= '9') || UNRESERVED.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append("%").append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    private static String sha256(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }
}
