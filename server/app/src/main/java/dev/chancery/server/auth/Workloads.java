// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import com.nimbusds.jose.jwk.JWK;
import dev.chancery.core.Quoted;
import dev.chancery.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Whom a token of one issuer names.
final class Workloads {
    /// By how much the issuer's clock and ours may differ.
    static final Duration SKEW = Duration.ofSeconds(60);

    private final Issuer issuer;
    private final IssuerKeys keys;
    private final InstantSource clock;

    Workloads(Issuer issuer, KeyFetch fetch, InstantSource clock, Consumer<String> log) {
        this.issuer = issuer;
        this.keys = new IssuerKeys(issuer, fetch, clock, log);
        this.clock = clock;
    }

    Issuer issuer() {
        return issuer;
    }

    /// Throws `UnavailableException` when the issuer's keys cannot be had.
    Verdict judge(IdentityToken token) {
        String fault = token.headerFault(issuer.terms().algorithms());
        if (!fault.isEmpty()) {
            return rejected(fault);
        }
        Optional<JWK> key = keys.find(token.keyId());
        if (key.isEmpty()) {
            return rejected("the issuer has no key " + Quoted.text(token.keyId()));
        }
        if (!token.isSignedBy(key.get())) {
            return rejected("the issuer's key %s did not sign it".formatted(Quoted.text(token.keyId())));
        }
        String claimFault = claimFault(token.claims(), clock.instant());
        return claimFault.isEmpty() ? named(token.claims()) : rejected(claimFault);
    }

    private Verdict rejected(String fault) {
        return new Verdict.Rejected("token of issuer %s: %s".formatted(issuer.name(), fault));
    }

    /// RFC 7519, section 4.1. The signature is good; what it is good for is not known yet.
    private String claimFault(Json.Members claims, Instant now) {
        if (!isForUs(claims)) {
            return "it is not for the one audience " + issuer.audience();
        }
        OptionalLong expires = seconds(claims, "exp");
        OptionalLong issued = seconds(claims, "iat");
        if (expires.isEmpty() || issued.isEmpty()) {
            return "it lacks exp or iat";
        }
        long skew = SKEW.toSeconds();
        long time = now.getEpochSecond();
        if (time >= expires.getAsLong() + skew) {
            return "it expired at " + expires.getAsLong();
        }
        boolean early = claims.fields().containsKey("nbf")
                && (seconds(claims, "nbf").isEmpty()
                        || time < seconds(claims, "nbf").getAsLong() - skew);
        if (early || time < issued.getAsLong() - skew) {
            return "it is of the future";
        }
        long life = expires.getAsLong() - issued.getAsLong();
        return life > issuer.terms().lifetimeMax().toSeconds() ? "it lives for %d seconds".formatted(life) : "";
    }

    /// A token for several could be used here by each of them.
    private boolean isForUs(Json.Members claims) {
        var ours = new Json.Text(issuer.audience());
        Json said = claims.fields().getOrDefault("aud", new Json.Null());
        return said.equals(ours) || said.equals(new Json.Elements(List.of(ours)));
    }

    private static OptionalLong seconds(Json.Members claims, String name) {
        return claims.fields().get(name) instanceof Json.Whole whole && whole.value() >= 0
                ? OptionalLong.of(whole.value())
                : OptionalLong.empty();
    }

    private Verdict named(Json.Members claims) {
        List<Issuer.Rule> fitting = issuer.rules().stream()
                .filter(rule -> rule.claims().stream().allMatch(claim -> claim.holds(claims)))
                .toList();
        if (fitting.size() != 1) {
            return rejected("%d rules fit it, not one".formatted(fitting.size()));
        }
        Issuer.Rule rule = fitting.getFirst();
        return new Verdict.Accepted(
                new Caller.Known(Caller.How.OIDC.requester(rule.requester().text()), rule.scopes(), Caller.How.OIDC));
    }
}
