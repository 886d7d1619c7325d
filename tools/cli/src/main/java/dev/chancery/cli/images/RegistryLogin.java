// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonLimits;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Answers what a registry wants to know of who asks: by a password (RFC 7617), or by a token that somebody gives out
/// for a password or for none (the "token authentication" of Docker's registry, which others have).
///
/// @param basic the header for the password, where there is one
record RegistryLogin(Optional<String> basic) {
    private static final int TOKEN_BYTES_MAX = 1 << 20;
    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+");

    /// The header `Authorization`; empty where nothing is to be answered.
    Optional<String> answer(String challenge, URI registry, Function<HttpRequest.Builder, byte[]> ask) {
        if (challenge.regionMatches(true, 0, "Basic", 0, "Basic".length())) {
            return basic;
        }
        if (!challenge.regionMatches(true, 0, "Bearer", 0, "Bearer".length())) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        var found = PARAMETER.matcher(challenge);
        while (found.find()) {
            parameters.put(found.group(1), found.group(2));
        }
        var request = HttpRequest.newBuilder(realm(parameters, registry)).GET();
        basic.ifPresent(password -> request.header("Authorization", password));
        return Optional.of("Bearer " + token(Bytes.of(ask.apply(request))));
    }

    /// A password goes over TLS, or to where the registry is.
    private static URI realm(Map<String, String> parameters, URI registry) {
        try {
            var realm = URI.create(parameters.getOrDefault("realm", ""));
            boolean here = registry.getHost().equals(realm.getHost());
            if ("https".equals(realm.getScheme())
                    || (here && registry.getScheme().equals(realm.getScheme()))) {
                var query = new StringBuilder();
                for (String name : new String[] {"service", "scope"}) {
                    if (parameters.containsKey(name)) {
                        query.append(query.isEmpty() ? "" : "&")
                                .append(name)
                                .append('=')
                                .append(URLEncoder.encode(parameters.get(name), StandardCharsets.UTF_8));
                    }
                }
                return URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query);
            }
        } catch (IllegalArgumentException e) {
            throw new RefusedException("registry-realm", "the registry names no place for tokens");
        }
        throw new RefusedException("registry-realm", "the registry's place for tokens is not one of TLS");
    }

    private static String token(Bytes answer) {
        var json =
                Json.parse(answer, "token", JsonLimits.foreign(TOKEN_BYTES_MAX)).json();
        if (json instanceof Json.Members members) {
            for (String name : new String[] {"token", "access_token"}) {
                if (members.fields().get(name) instanceof Json.Text(String value)
                        && TOKEN.matcher(value).matches()) {
                    return value;
                }
            }
        }
        throw new MalformedException("the registry's place for tokens gives none");
    }

    @Override
    public String toString() {
        return basic.isPresent() ? "a password" : "nobody";
    }
}
