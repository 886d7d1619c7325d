// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final RSAKey RSA = IdentityProvider.rsa("rsa-1");
    private static final ECKey EC = IdentityProvider.ec("ec-1");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final List<String> log = new ArrayList<>();
    private IdentityProvider provider;
    private Workloads workloads;

    @BeforeEach
    void aProviderWithTwoKeys() throws Exception {
        provider = new IdentityProvider();
        provider.publish(RSA, EC);
        workloads = workloads("\"RS256\",\"ES256\",\"EdDSA\"", "");
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private Workloads workloads(String algorithms, String more) {
        String plan = """
                {"issuer":"%s","audience":"%s","algorithms":[%s],%s"rules":[
                 {"requester":"job","claims":[{"claim":"sub","equals":"job"}],"scopes":["sign:qa"]},
                 {"requester":"other","claims":[{"claim":"who","equals":"other"}],
                   "scopes":["read"]}]}""".formatted(provider.url(), IdentityProvider.AUDIENCE, algorithms, more);
        var json = Bytes.of("{\"issuers\":[%s]}".formatted(plan).getBytes(StandardCharsets.UTF_8));
        var issuer = Json.parse(json, "auth").object(AuthPlan::read).issuers().getFirst();
        return new Workloads(issuer, HttpKeyFetch.trusting(issuer.keys().authorities()), now::get, log::add);
    }

    private String judge(String token) {
        return switch (workloads.judge(IdentityToken.parse(token))) {
            case Verdict.Accepted accepted -> accepted.caller().requester().text();
            case Verdict.Rejected rejected -> rejected.reason().replace("token of issuer " + provider.url() + ": ", "");
        };
    }

    private String judge(UnaryOperator<JWTClaimsSet.Builder> change) {
        return judge(IdentityProvider.sign(
                RSA, change.apply(provider.claims(now.get())).build()));
    }

    @Test
    void aTokenOfTheIssuerNamesTheCallerOfItsRule() {
        assertEquals("oidc:job", judge(claims -> claims));
        assertEquals(
                "oidc:job",
                judge(IdentityProvider.sign(EC, provider.claims(START).build())));
        assertEquals("oidc:other", judge(claims -> claims.subject("x").claim("who", "other")));
        assertEquals("0 rules fit it, not one", judge(claims -> claims.subject("x")));
        assertEquals("2 rules fit it, not one", judge(claims -> claims.claim("who", "other")));
    }

    @Test
    void ed25519IsTaken() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] spki = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
        var key = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point))
                .keyID("ed-1")
                .build();
        provider.publish(key);
        var header = new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("ed-1").build();
        var unsigned = new SignedJWT(header, provider.claims(START).build());
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(unsigned.getSigningInput());
        String token = new String(unsigned.getSigningInput(), StandardCharsets.US_ASCII);
        assertEquals("oidc:job", judge(token + "." + Base64URL.encode(signer.sign())));
        assertTrue(judge(token + "." + Base64URL.encode(new byte[64])).contains("did not sign"));
    }

    @Test
    void timesAreCheckedWithTheSkew() {
        String token = IdentityProvider.sign(RSA, provider.claims(START).build());
        now.set(START.plusSeconds(300 + 59));
        assertEquals("oidc:job", judge(token));
        now.set(START.plusSeconds(300 + 60));
        assertTrue(judge(token).startsWith("it expired"));
        now.set(START.minusSeconds(60));
        assertEquals("oidc:job", judge(token));
        now.set(START.minusSeconds(61));
        assertEquals("it is of the future", judge(token));
        now.set(START);
        assertEquals("oidc:job", judge(claims -> claims.notBeforeTime(Date.from(START.plusSeconds(60)))));
        assertEquals("it is of the future", judge(claims -> claims.notBeforeTime(Date.from(START.plusSeconds(61)))));
        assertEquals("it is of the future", judge(claims -> claims.claim("nbf", "soon")));
        assertEquals("it lacks exp or iat", judge(claims -> claims.expirationTime(null)));
        assertEquals("it lacks exp or iat", judge(claims -> claims.issueTime(null)));
        assertEquals("it lacks exp or iat", judge(claims -> claims.claim("exp", "never")));
        assertEquals("oidc:job", judge(claims -> claims.expirationTime(Date.from(START.plusSeconds(3_600)))));
        assertEquals(
                "it lives for 3601 seconds",
                judge(claims -> claims.expirationTime(Date.from(START.plusSeconds(3_601)))));
    }

    @Test
    void aTokenForOthersIsNotForUs() {
        String fault = "it is not for the one audience " + IdentityProvider.AUDIENCE;
        assertEquals(fault, judge(claims -> claims.audience("https://other.example.org")));
        assertEquals(fault, judge(claims -> claims.audience(List.of(IdentityProvider.AUDIENCE, "x"))));
        assertEquals(fault, judge(claims -> claims.audience((String) null)));
        assertEquals(fault, judge(claims -> claims.claim("aud", 7)));
    }

    @Test
    void noneAndSharedSecretsDoNotExist() throws Exception {
        var claims = provider.claims(START).build();
        String plain = new PlainJWT(claims).serialize();
        assertThrows(MalformedException.class, () -> IdentityToken.parse(plain));
        // The classic: the public key as a shared secret.
        var hmac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(), claims);
        hmac.sign(new MACSigner(RSA.toRSAPublicKey().getEncoded()));
        assertEquals("algorithm HS256 is not allowed", judge(hmac.serialize()));
        workloads = workloads("\"ES256\"", "");
        assertEquals("algorithm RS256 is not allowed", judge(c -> c));
        assertThrows(MalformedException.class, () -> workloads("\"HS256\"", ""));
        assertThrows(MalformedException.class, () -> workloads("\"none\"", ""));
    }

    @Test
    void headersThatMeanSomethingElseAreRejected() {
        var claims = provider.claims(START).build();
        var header = IdentityProvider.header(RSA);
        assertEquals(
                "it is of another type of token",
                judge(IdentityProvider.sign(
                        RSA, header.type(new JOSEObjectType("logout+jwt")).build(), claims)));
        assertEquals(
                "oidc:job",
                judge(IdentityProvider.sign(
                        RSA, header.type(new JOSEObjectType("AT+JWT")).build(), claims)));
        assertEquals(
                "oidc:job", judge(IdentityProvider.sign(RSA, header.type(null).build(), claims)));
        assertEquals(
                "its header demands what is not known here",
                judge(IdentityProvider.sign(
                        RSA,
                        header.criticalParams(Set.of("x")).customParam("x", "y").build(),
                        claims)));
        assertEquals(
                "its header names no key",
                judge(IdentityProvider.sign(RSA, new JWSHeader.Builder(JWSAlgorithm.RS256).build(), claims)));
    }

    @Test
    void keysThatAreForSomethingElseDoNotSign() throws Exception {
        String token = IdentityProvider.sign(RSA, provider.claims(START).build());
        for (JWK key : List.of(
                new RSAKey.Builder(RSA).keyUse(KeyUse.ENCRYPTION).build(),
                new RSAKey.Builder(RSA).algorithm(JWSAlgorithm.PS256).build(),
                new RSAKey.Builder(IdentityProvider.rsa("x")).keyID("rsa-1").build(),
                new ECKey.Builder(EC).keyID("rsa-1").build())) {
            provider.publish(key);
            workloads = workloads("\"RS256\"", "");
            assertEquals("the issuer's key \"rsa-1\" did not sign it", judge(token));
        }
        assertEquals(
                "oidc:job",
                rejudgedWith(new RSAKey.Builder(RSA).keyUse(KeyUse.SIGNATURE).build(), token));
    }

    private String rejudgedWith(JWK key, String token) {
        provider.publish(key);
        workloads = workloads("\"RS256\"", "");
        return judge(token);
    }

    @Test
    void aTamperedTokenIsRejected() {
        String token =
                IdentityProvider.sign(RSA, provider.claims(START).subject("x").build());
        String[] parts = token.split("\\.", -1);
        String claims =
                Base64URL.encode(provider.claims(START).build().toString()).toString();
        assertTrue(judge(parts[0] + "." + claims + "." + parts[2]).contains("did not sign"));
        assertThrows(MalformedException.class, () -> IdentityToken.parse(parts[0] + "." + parts[1] + "."));
        assertThrows(MalformedException.class, () -> IdentityToken.parse(token + "x.y"));
        assertThrows(MalformedException.class, () -> IdentityToken.parse("x"));
        assertThrows(MalformedException.class, () -> IdentityToken.parse("..".repeat(7_000)));
    }

    @Test
    void aClaimThatStandsThereTwiceHasNoMeaning() {
        String header =
                Base64URL.encode("{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}").toString();
        String claims = Base64URL.encode("{\"sub\":\"x\",\"sub\":\"job\"}").toString();
        assertThrows(MalformedException.class, () -> IdentityToken.parse(header + "." + claims + ".AAAA"));
    }

    @Test
    void rotatedKeysAreFetchedOnceAndNotAtEveryWish() {
        assertEquals("oidc:job", judge(claims -> claims));
        assertEquals(2, provider.asked.get());
        RSAKey next = IdentityProvider.rsa("rsa-2");
        String token = IdentityProvider.sign(next, provider.claims(START).build());
        assertEquals("the issuer has no key \"rsa-2\"", judge(token));
        assertEquals(2, provider.asked.get());
        provider.publish(RSA, next);
        now.set(START.plus(IssuerKeys.PAUSE));
        assertEquals("oidc:job", judge(token));
        assertEquals(4, provider.asked.get());
        for (int i = 0; i < 20; i++) {
            String id = "invented-" + i;
            RSAKey invented = new RSAKey.Builder(next).keyID(id).build();
            assertTrue(
                    judge(IdentityProvider.sign(invented, provider.claims(START).build()))
                            .contains("no key"));
        }
        assertEquals(4, provider.asked.get());
    }

    @Test
    void keysAreUsedForAWhileWhenTheIssuerIsAway() {
        assertEquals("oidc:job", judge(claims -> claims));
        provider.status(500);
        now.set(START.plus(IssuerKeys.FRESH));
        assertEquals("oidc:job", judge(claims -> claims));
        assertTrue(log.getLast().contains("status 500"), log.toString());
        now.set(START.plus(IssuerKeys.STALE_MAX).minusSeconds(1));
        assertEquals("oidc:job", judge(claims -> claims));
        now.set(START.plus(IssuerKeys.STALE_MAX));
        var away = assertThrows(UnavailableException.class, () -> judge(claims -> claims));
        assertEquals(IssuerKeys.PAUSE, away.retryAfter().orElse(Duration.ZERO));
        provider.status(200);
        now.set(now.get().plus(IssuerKeys.PAUSE));
        assertEquals("oidc:job", judge(claims -> claims));
    }

    @Test
    void keysAtAnAddressNeedNoDiscovery() {
        workloads = workloads("\"RS256\"", "\"jwks\":\"%s/keys\",".formatted(provider.url()));
        assertEquals("oidc:job", judge(claims -> claims));
        assertEquals(1, provider.asked.get());
    }

    @Test
    void anIssuerThatSendsUsElsewhereIsAway() throws Exception {
        workloads = workloads("\"RS256\"", "\"jwks\":\"%s/nothing\",".formatted(provider.url()));
        assertThrows(UnavailableException.class, () -> judge(claims -> claims));
        assertTrue(log.getLast().contains("404"), log.toString());
    }
}
