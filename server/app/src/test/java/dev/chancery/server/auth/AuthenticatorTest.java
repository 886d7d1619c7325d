// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.RSAKey;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.policy.Label;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.http.TestExchange;
import dev.chancery.server.tls.TestCertificates;
import dev.chancery.server.tls.TestCertificates.Content;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Credentials as they come in requests, and what their senders are told.
class AuthenticatorTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RSAKey KEY = IdentityProvider.rsa("rsa-1");

    private final Map<Bytes, TokenLookup.Grant> grants = new HashMap<>();
    private final AtomicReference<Optional<Authenticator>> made = new AtomicReference<>(Optional.empty());
    private final TestExchange exchange = new TestExchange(
            Route.of(Method.GET, "/who", "who", request -> Answer.text(200, describe(caller(request)))),
            Route.of(Method.GET, "/sign", "sign", request -> {
                caller(request).known().scopes().permit(Scope.Act.SIGN, new Authority("qa"));
                return Answer.empty(204);
            }));
    private IdentityProvider provider;

    private Caller caller(Request request) {
        return made.get().orElseThrow().caller(request);
    }

    private static String describe(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous nobody -> "anonymous";
            case Caller.Known known ->
                known.requester() + " " + known.how() + " " + known.scopes().texts();
        };
    }

    @BeforeEach
    void anAuthenticator() throws Exception {
        provider = new IdentityProvider();
        provider.publish(KEY);
        String plan = """
                {"certificates":[{"san":"dns:ci.example.org","requester":"ci","scopes":["sign:qa"]},
                 {"san":"dns:other.example.org","requester":"other","scopes":["sign:qa"]}],
                 "issuers":[{"issuer":"%s","audience":"%s","algorithms":["RS256"],
                  "rules":[{"requester":"ci","claims":[{"claim":"sub","equals":"job"}],
                    "scopes":["read"]}]}]}""".formatted(provider.url(), IdentityProvider.AUDIENCE);
        var read = Json.parse(Bytes.of(plan.getBytes(StandardCharsets.UTF_8)), "auth")
                .object(AuthPlan::read);
        TokenLookup lookup = hash -> Optional.ofNullable(grants.get(hash));
        var around = new Authenticator.Surroundings(exchange.journal, InstantSource.fixed(TestExchange.NOW));
        made.set(Optional.of(Authenticator.of(read, lookup, around)));
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private String token(String name, Duration left, boolean revoked) {
        var token = ApiToken.create(RANDOM);
        var scopes = Scopes.parse(List.of("sign:qa"));
        grants.put(token.hash(), new TokenLookup.Grant(new Label(name), scopes, TestExchange.NOW.plus(left), revoked));
        return "Authorization: Bearer " + token.secretText();
    }

    private X509Certificate certificate(String dns) throws Exception {
        var content = new Content(
                List.of("dns:" + dns), List.of(TestCertificates.CLIENT), TestExchange.NOW, Duration.ofMinutes(5));
        return new TestCertificates("authority").issue(content).certificate();
    }

    private String workload() {
        return "Authorization: Bearer "
                + IdentityProvider.sign(KEY, provider.claims(TestExchange.NOW).build());
    }

    @Test
    void everyKindOfCredentialNamesItsCaller() throws Exception {
        assertEquals("anonymous", exchange.ask("GET /who").body());
        assertEquals(
                "token:ci TOKEN [sign:qa]",
                exchange.ask("GET /who", token("ci", Duration.ofDays(1), false)).body());
        assertEquals("oidc:ci OIDC [read]", exchange.ask("GET /who", workload()).body());
        exchange.shows(certificate("ci.example.org"));
        assertEquals("cert:ci CERT [sign:qa]", exchange.ask("GET /who").body());
        assertEquals(
                List.of("-", "token:ci", "oidc:ci", "cert:ci"),
                exchange.accesses.stream().map(access -> access.requester()).toList());
    }

    @Test
    void aWrongCredentialIsAlwaysToldInTheSameWords() throws Exception {
        String unknown = "Authorization: Bearer " + ApiToken.create(RANDOM).secretText();
        String mistyped = unknown.substring(0, unknown.length() - 1) + "~";
        RSAKey forger =
                new RSAKey.Builder(IdentityProvider.rsa("x")).keyID("rsa-1").build();
        String forged =
                IdentityProvider.sign(forger, provider.claims(TestExchange.NOW).build());
        String bodies = "";
        for (String wrong : List.of(
                unknown,
                mistyped,
                token("old", Duration.ZERO, false),
                token("revoked", Duration.ofDays(1), true),
                "Authorization: Bearer",
                "Authorization: Bearer x",
                "Authorization: Basic eDp5",
                "Authorization: Bearer " + forged,
                "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.")) {
            var sent = exchange.ask("GET /who", wrong, "X-Request-Id: 12345678");
            assertEquals(401, sent.status(), wrong);
            assertEquals("Bearer realm=\"chancery\"", sent.header("WWW-Authenticate"));
            bodies = bodies.isEmpty() ? sent.body() : bodies;
            assertEquals(bodies, sent.body(), wrong);
        }
        String log = exchange.faults.toString();
        assertTrue(log.contains("revoked is revoked") && log.contains("old expired"), log);
        assertTrue(log.contains("is not known") && log.contains("58 characters"), log);
        assertFalse(log.contains(unknown.substring(30)), log);
        assertFalse(log.contains(forged), log);
    }

    @Test
    void aTokenIsGoodUntilItsLastMoment() throws Exception {
        assertEquals(
                200,
                exchange.ask("GET /who", token("a", Duration.ofNanos(1), false)).status());
        assertEquals(
                401, exchange.ask("GET /who", token("b", Duration.ZERO, false)).status());
    }

    @Test
    void whoNeedsACallerSaysSo() throws Exception {
        var sent = exchange.ask("GET /sign");
        assertEquals(401, sent.status());
        assertEquals("Bearer realm=\"chancery\"", sent.header("WWW-Authenticate"));
        assertEquals(
                204,
                exchange.ask("GET /sign", token("ci", Duration.ofDays(1), false))
                        .status());
        var refused = exchange.ask("GET /sign", workload());
        assertEquals(403, refused.status());
        assertTrue(refused.body().contains("\"rule\":\"token-scope\""), refused.body());
    }

    @Test
    void twoCredentialsHaveToNameTheSame() throws Exception {
        exchange.shows(certificate("ci.example.org"));
        assertEquals(
                "token:ci TOKEN [sign:qa]",
                exchange.ask("GET /who", token("ci", Duration.ofDays(1), false)).body());
        assertEquals("oidc:ci OIDC [read]", exchange.ask("GET /who", workload()).body());
        var two = exchange.ask("GET /who", token("other", Duration.ofDays(1), false));
        assertEquals(400, two.status());
        assertTrue(two.body().contains("ambiguous-credentials"), two.body());
        String token = token("ci", Duration.ofDays(1), false);
        assertEquals(400, exchange.ask("GET /who", token, token).status());
        assertEquals(
                401, exchange.ask("GET /who", token("ci", Duration.ZERO, false)).status());
    }

    @Test
    void aCertificateThatNamesNobodyIsAWrongOne() throws Exception {
        exchange.shows(certificate("unknown.example.org"));
        assertEquals(401, exchange.ask("GET /who").status());
        assertEquals(
                401,
                exchange.ask("GET /who", token("ci", Duration.ofDays(1), false)).status());
    }

    @Test
    void anIssuerThatIsAwayIsNotAWrongCredential() throws Exception {
        provider.status(503);
        var sent = exchange.ask("GET /who", workload());
        assertEquals(503, sent.status());
        assertEquals("30", sent.header("Retry-After"));
        assertTrue(exchange.faults.toString().contains("status 503"), exchange.faults.toString());
    }

    @Test
    void aStoreThatIsAwayIsNotAWrongCredential() throws Exception {
        TokenLookup away = hash -> {
            throw new UnavailableException("the store does not answer");
        };
        var around = new Authenticator.Surroundings(exchange.journal, InstantSource.fixed(TestExchange.NOW));
        made.set(Optional.of(Authenticator.of(AuthPlan.TOKENS_ONLY, away, around)));
        assertEquals(
                503,
                exchange.ask("GET /who", token("ci", Duration.ofDays(1), false)).status());
        assertEquals(200, exchange.ask("GET /who").status());
    }

    @Test
    void anIssuerThatIsNotConfiguredIsRejected() throws Exception {
        var around = new Authenticator.Surroundings(exchange.journal, InstantSource.fixed(TestExchange.NOW));
        made.set(Optional.of(Authenticator.of(AuthPlan.TOKENS_ONLY, hash -> Optional.empty(), around)));
        assertEquals(401, exchange.ask("GET /who", workload()).status());
        assertTrue(exchange.faults.getLast().contains("no issuer \"http://127.0.0.1"), exchange.faults.getLast());
    }
}
