// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/// Who may ask, besides those who have a token of this server.
public record AuthPlan(List<CertificateRule> certificates, List<Issuer> issuers) {
    /// Rules about client certificates.
    public static final int CERTIFICATE_RULES_MAX = 1_000;
    /// Identity providers.
    public static final int ISSUERS_MAX = 16;

    /// Tokens of this server only.
    public static final AuthPlan TOKENS_ONLY = new AuthPlan(List.of(), List.of());

    public AuthPlan {
        certificates = List.copyOf(certificates);
        issuers = List.copyOf(issuers);
        var names = new HashSet<CertificateRule.Name>();
        for (CertificateRule rule : certificates) {
            if (!names.add(rule.san())) {
                throw MalformedException.value("name", rule.san().value(), "stands in two rules");
            }
        }
        var known = new HashSet<String>();
        for (Issuer issuer : issuers) {
            if (!known.add(issuer.name())) {
                throw MalformedException.value("issuer", issuer.name(), "is there twice");
            }
        }
    }

    /// Reads a plan whose paths are absolute.
    public static AuthPlan read(JsonObject object) {
        return read(object, AuthPlan::absolute);
    }

    /// Reads a plan whose paths are relative to a directory.
    public static AuthPlan read(JsonObject object, Path directory) {
        return read(object, text -> directory.resolve(path(text)).normalize());
    }

    private static AuthPlan read(JsonObject object, Function<String, Path> path) {
        List<CertificateRule> certificates = object.optional("certificates")
                .map(value -> value.list(0, CERTIFICATE_RULES_MAX, rule -> rule.object(CertificateRule::read)))
                .orElse(List.of());
        List<Issuer> issuers = object.optional("issuers")
                .map(value -> value.list(0, ISSUERS_MAX, issuer -> issuer.object(one -> Issuer.read(one, path))))
                .orElse(List.of());
        return object.check(() -> new AuthPlan(certificates, issuers));
    }

    private static Path absolute(String text) {
        Path path = path(text);
        if (!path.isAbsolute()) {
            throw MalformedException.value("file", text, "is not an absolute path");
        }
        return path;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw MalformedException.value("file", text, "is no path");
        }
    }
}
