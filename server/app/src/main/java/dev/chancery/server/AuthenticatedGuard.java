// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Requester;
import dev.chancery.policy.Label;
import dev.chancery.server.api.Guard;
import dev.chancery.server.auth.AuthPlan;
import dev.chancery.server.auth.Authenticator;
import dev.chancery.server.auth.Caller;
import dev.chancery.server.auth.Scope;
import dev.chancery.server.auth.Scopes;
import dev.chancery.server.auth.TokenLookup;
import dev.chancery.server.http.Journal;
import dev.chancery.server.http.Request;
import dev.chancery.store.token.Token;
import dev.chancery.store.token.Tokens;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the calls want to know of a caller, from what authentication knows.
final class AuthenticatedGuard implements Guard {
    private final Authenticator authenticator;

    AuthenticatedGuard(AuthPlan plan, Tokens tokens, Journal journal, InstantSource clock) {
        this.authenticator =
                Authenticator.of(plan, hash -> find(tokens, hash), new Authenticator.Surroundings(journal, clock));
    }

    private static Optional<TokenLookup.Grant> find(Tokens tokens, Bytes hash) {
        return tokens.find(new Digest(DigestAlgorithm.SHA256, hash.toArray())).map(AuthenticatedGuard::grant);
    }

    private static TokenLookup.Grant grant(Token token) {
        return new TokenLookup.Grant(
                new Label(token.name()),
                Scopes.parse(List.copyOf(token.scopes())),
                token.expires(),
                token.revoked().isPresent());
    }

    @Override
    public Requester asks(Request request, Act act, Collection<Authority> authorities) {
        var caller = authenticator.caller(request).known();
        authorities.forEach(authority -> caller.scopes().permit(scope(act), authority));
        return caller.requester();
    }

    private static Scope.Act scope(Act act) {
        return switch (act) {
            case SIGN -> Scope.Act.SIGN;
            case ATTEST -> Scope.Act.ATTEST;
            case TAG -> Scope.Act.TAG;
            case PUBLISH -> Scope.Act.PUBLISH;
        };
    }

    @Override
    public Requester may(Request request, Duty duty) {
        var caller = authenticator.caller(request).known();
        switch (duty) {
            case SUBMIT -> caller.scopes().permitAny(Scope.Act.SUBMIT);
            case WORK -> caller.scopes().permitAny(Scope.Act.WORK);
            case UPLOAD -> caller.scopes().permitAny(Scope.Act.UPLOAD);
            case LOOK -> caller.scopes().permitAny(Scope.Act.READ, Scope.Act.SUBMIT, Scope.Act.WORK);
        }
        return caller.requester();
    }

    @Override
    public Optional<Requester> known(Request request) {
        return authenticator.caller(request) instanceof Caller.Known known
                ? Optional.of(known.requester())
                : Optional.empty();
    }

    @Override
    public boolean seesRequesters(Request request) {
        return authenticator.caller(request) instanceof Caller.Known known
                && known.scopes().all().stream().anyMatch(scope -> scope.act() == Scope.Act.READ);
    }
}
