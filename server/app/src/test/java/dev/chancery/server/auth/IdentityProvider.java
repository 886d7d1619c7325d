// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A real identity provider on a port of this machine: discovery, a key set that rotates, and tokens.
final class IdentityProvider implements AutoCloseable {
    static final String AUDIENCE = "https://sign.example.org";

    final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server;
    private volatile List<JWK> published = List.of();
    private volatile int status = 200;

    IdentityProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/.well-known/openid-configuration", () -> configuration());
        answer("/keys", () -> new JWKSet(published).toPublicJWKSet().toString());
        server.start();
    }

    @FunctionalInterface
    private interface Document {
        String text();
    }

    private String configuration() {
        return "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\",\"scopes_supported\":[\"openid\"]}".formatted(url(), url());
    }

    private void answer(String path, Document document) {
        server.createContext(path, exchange -> {
            asked.incrementAndGet();
            byte[] bytes = document.text().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    void publish(JWK... keys) {
        published = List.of(keys);
    }

    /// What it answers with from now on.
    void status(int code) {
        status = code;
    }

    /// Claims as every provider has them, at a time.
    JWTClaimsSet.Builder claims(Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .subject("job");
    }

    /// Claims from a document, with the times and the issuer of this provider in place of its own.
    JWTClaimsSet.Builder claims(Instant now, String json) throws ParseException {
        var builder = new JWTClaimsSet.Builder(JWTClaimsSet.parse(json));
        JWTClaimsSet usual = claims(now).build();
        return builder.issuer(usual.getIssuer())
                .audience(AUDIENCE)
                .issueTime(usual.getIssueTime())
                .notBeforeTime(usual.getIssueTime())
                .expirationTime(usual.getExpirationTime());
    }

    static String sign(JWK key, JWTClaimsSet claims) {
        return sign(key, header(key).build(), claims);
    }

    static JWSHeader.Builder header(JWK key) {
        var algorithm = key instanceof ECKey ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
        return new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).type(JOSEObjectType.JWT);
    }

    static String sign(JWK key, JWSHeader header, JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner((RSAKey) key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
