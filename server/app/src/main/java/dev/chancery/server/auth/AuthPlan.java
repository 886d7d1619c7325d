// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonObject;
import java.util.HashSet;
import java.util.List;

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

    public static AuthPlan read(JsonObject object) {
        List<CertificateRule> certificates = object.optional("certificates")
                .map(value -> value.list(0, CERTIFICATE_RULES_MAX, rule -> rule.object(CertificateRule::read)))
                .orElse(List.of());
        List<Issuer> issuers = object.optional("issuers")
                .map(value -> value.list(0, ISSUERS_MAX, issuer -> issuer.object(Issuer::read)))
                .orElse(List.of());
        return object.check(() -> new AuthPlan(certificates, issuers));
    }
}
