// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonObject;
import dev.chancery.policy.Label;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// An identity provider whose tokens (JWT, RFC 7519) count here, and whom they name.
///
/// @param name the claim `iss`, character by character
/// @param audience the claim `aud`: this server and nobody else
/// @param terms what its tokens look like
/// @param keys where its keys are
/// @param rules whom its tokens name
public record Issuer(String name, String audience, Terms terms, Keys keys, List<Rule> rules) {
    /// Rules of one issuer.
    public static final int RULES_MAX = 256;
    /// Claims in one rule.
    public static final int CLAIMS_MAX = 16;

    private static final int TEXT_CHARACTERS_MAX = 1_024;

    /// Algorithms that sign tokens (RFC 7518, section 3.1; RFC 8037). Those with a shared secret, and `none`,
    /// do not exist here.
    public enum Algorithm {
        RS256,
        ES256,
        EDDSA;

        static Algorithm parse(String text) {
            for (Algorithm algorithm : values()) {
                if (algorithm.label().equals(text)) {
                    return algorithm;
                }
            }
            throw MalformedException.value("algorithm", text, "is not RS256, ES256 or EdDSA");
        }

        /// As it stands in a token's header.
        String label() {
            return this == EDDSA ? "EdDSA" : name();
        }
    }

    /// What an issuer's tokens look like.
    ///
    /// @param lifetimeMax from `iat` to `exp`
    public record Terms(Set<Algorithm> algorithms, Duration lifetimeMax) {
        /// Unless the configuration says otherwise: a job's length.
        public static final Duration LIFETIME = Duration.ofHours(1);

        private static final long LIFETIME_SECONDS_MAX = Duration.ofDays(1).toSeconds();

        public Terms {
            algorithms = Set.copyOf(algorithms);
        }

        private static Terms read(JsonObject object) {
            List<Algorithm> list =
                    object.list("algorithms", 1, Algorithm.values().length, value -> value.text(Algorithm::parse));
            Duration lifetime = object.optional("lifetime_seconds_max")
                    .map(value -> Duration.ofSeconds(value.integer(60, LIFETIME_SECONDS_MAX)))
                    .orElse(LIFETIME);
            return new Terms(EnumSet.copyOf(list), lifetime);
        }
    }

    /// Where an issuer publishes its keys.
    ///
    /// @param jwks the key set (RFC 7517, section 5); empty where it is to be found through `.well-known`
    /// @param authorities a PEM file of those who vouch for its host; empty for those of the Java runtime
    public record Keys(Optional<URI> jwks, Optional<Path> authorities) {}

    /// The caller whom a token names whose claims all hold.
    public record Rule(Label requester, List<Claim> claims, Scopes scopes) {
        public Rule {
            claims = List.copyOf(claims);
        }

        private static Rule read(JsonObject object) {
            Label requester = object.text("requester", Label::new);
            List<Claim> claims = object.list("claims", 1, CLAIMS_MAX, value -> value.object(Claim::read));
            return new Rule(requester, claims, Scopes.read(object));
        }
    }

    public Issuer {
        rules = List.copyOf(rules);
        var names = new HashSet<Label>();
        for (Rule rule : rules) {
            if (!names.add(rule.requester())) {
                throw MalformedException.value("requester", rule.requester().text(), "has two rules of one issuer");
            }
        }
    }

    static Issuer read(JsonObject object, Function<String, Path> path) {
        String name = object.text("issuer", text -> address(text).toString());
        String audience = object.text("audience", Issuer::text);
        Terms terms = Terms.read(object);
        var keys = new Keys(object.optionalText("jwks", Issuer::address), object.optionalText("authorities", path));
        List<Rule> rules = object.list("rules", 1, RULES_MAX, value -> value.object(Rule::read));
        return object.check(() -> new Issuer(name, audience, terms, keys, rules));
    }

    private static String text(String text) {
        if (text.isEmpty() || text.length() > TEXT_CHARACTERS_MAX) {
            throw new MalformedException(
                    "text has %d characters, not 1 to %d".formatted(text.length(), TEXT_CHARACTERS_MAX));
        }
        return text;
    }

    /// An address that keys can be fetched from: HTTPS, or plain HTTP on this machine.
    static URI address(String text) {
        try {
            var uri = new URI(text(text));
            String host = uri.getHost();
            boolean secure = "https".equals(uri.getScheme()) && host != null;
            boolean local = "http".equals(uri.getScheme()) && host != null && isLoopback(host);
            boolean plain = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
            if ((secure || local) && plain) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Falls through to the one sentence for every fault.
        }
        throw MalformedException.value("address", text, "is neither https nor http on a loopback address");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            // A name may mean another machine tomorrow.
            return false;
        }
    }

    /// Where its configuration is found (OpenID Connect Discovery 1.0, section 4).
    URI discovery() {
        return URI.create((name.endsWith("/") ? name : name + "/") + ".well-known/openid-configuration");
    }
}
