// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.server.http.HttpProblem;
import dev.chancery.server.http.Journal;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.ProblemType;
import dev.chancery.server.http.Request;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Finds out who asks. For many threads.
public final class Authenticator {
    private static final String BEARER = "bearer ";

    private final TokenLookup tokens;
    private final CertificateCallers certificates;
    private final List<Workloads> workloads;
    private final Surroundings around;

    /// What it needs of its process.
    public record Surroundings(Journal journal, InstantSource clock) {
        /// What belongs to no request.
        private void note(String sentence) {
            journal.noted("-", sentence);
        }
    }

    private Authenticator(
            TokenLookup tokens, CertificateCallers certificates, List<Workloads> workloads, Surroundings around) {
        this.tokens = tokens;
        this.certificates = certificates;
        this.workloads = workloads;
        this.around = around;
    }

    /// Fetches nothing yet: an identity provider that is away does not keep the server from starting.
    public static Authenticator of(AuthPlan plan, TokenLookup tokens, Surroundings around) {
        return of(
                plan,
                tokens,
                around,
                issuer -> HttpKeyFetch.trusting(issuer.keys().authorities()));
    }

    static Authenticator of(AuthPlan plan, TokenLookup tokens, Surroundings around, Function<Issuer, KeyFetch> fetch) {
        List<Workloads> workloads = plan.issuers().stream()
                .map(issuer -> new Workloads(issuer, fetch.apply(issuer), around.clock(), around::note))
                .toList();
        return new Authenticator(tokens, new CertificateCallers(plan.certificates()), workloads, around);
    }

    /// Who sent this request. 401 when a credential is wrong, always in the same words; 400 when there are
    /// credentials of two callers. Throws `UnavailableException` when it cannot be told now.
    public Caller caller(Request request) {
        Optional<Caller.Known> bearer = credential(request).map(value -> accepted(request, bearer(value)));
        Optional<Caller.Known> certificate =
                request.peer().certificates().stream().findFirst().map(leaf -> accepted(request, certificate(leaf)));
        if (bearer.isPresent()
                && certificate.isPresent()
                && !bearer.get().name().equals(certificate.get().name())) {
            throw new HttpProblem(Problem.of(
                    ProblemType.AMBIGUOUS_CREDENTIALS,
                    "The token is of one caller and the client certificate of another"));
        }
        Optional<Caller.Known> known = bearer.or(() -> certificate);
        known.ifPresent(caller -> request.askedBy(caller.requester()));
        return known.<Caller>map(caller -> caller).orElseGet(Caller.Anonymous::new);
    }

    /// Vault's clients have a header of their own for what others send as a bearer token.
    private static Optional<String> credential(Request request) {
        var authorization = request.header("authorization");
        var vault = request.header("x-vault-token").map(token -> BEARER + token);
        if (authorization.isPresent() && vault.isPresent()) {
            throw new HttpProblem(Problem.of(
                    ProblemType.AMBIGUOUS_CREDENTIALS, "There are credentials in Authorization and in X-Vault-Token"));
        }
        return authorization.or(() -> vault);
    }

    private Caller.Known accepted(Request request, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> accepted.caller();
            case Verdict.Rejected rejected -> {
                around.journal().noted(request.id(), "credential rejected: " + rejected.reason());
                throw Caller.unauthorized("The credential is not valid");
            }
        };
    }

    private Verdict certificate(X509Certificate leaf) {
        return certificates.judge(leaf, around.clock().instant());
    }

    private Verdict bearer(String header) {
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return new Verdict.Rejected("the header Authorization is not of the scheme Bearer");
        }
        String text = header.substring(BEARER.length()).strip();
        try {
            return text.startsWith(ApiToken.PREFIX) ? token(ApiToken.parse(text)) : workload(text);
        } catch (MalformedException e) {
            return new Verdict.Rejected(e.sentence());
        }
    }

    private Verdict token(ApiToken token) {
        Optional<TokenLookup.Grant> found = tokens.find(token.hash());
        if (found.isEmpty()) {
            return new Verdict.Rejected("the token is not known");
        }
        TokenLookup.Grant grant = found.get();
        if (grant.revoked()) {
            return new Verdict.Rejected("token %s is revoked".formatted(grant.name()));
        }
        if (!around.clock().instant().isBefore(grant.expires())) {
            return new Verdict.Rejected("token %s expired at %s".formatted(grant.name(), grant.expires()));
        }
        return new Verdict.Accepted(
                new Caller.Known(Caller.How.TOKEN.requester(grant.name().text()), grant.scopes(), Caller.How.TOKEN));
    }

    private Verdict workload(String text) {
        IdentityToken token = IdentityToken.parse(text);
        for (Workloads workload : workloads) {
            if (workload.issuer().name().equals(token.issuer())) {
                return workload.judge(token);
            }
        }
        return new Verdict.Rejected("no issuer %s is configured".formatted(Quoted.text(token.issuer())));
    }
}
