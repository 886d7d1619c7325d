// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.Authority;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// All that a credential is good for. The enclave's rules decide as well: a scope takes away, it never gives.
public record Scopes(SortedSet<Scope> all) {
    /// Scopes of one credential.
    public static final int SCOPES_MAX = 64;
    /// The rule of a refusal.
    public static final String RULE = "token-scope";

    public Scopes {
        if (all.isEmpty() || all.size() > SCOPES_MAX) {
            throw new MalformedException(all.size() + " scopes are not 1 to " + SCOPES_MAX);
        }
        all = Collections.unmodifiableSortedSet(new TreeSet<>(all));
    }

    /// Reads scopes one by one, each at most once.
    public static Scopes parse(List<String> texts) {
        var scopes = new TreeSet<Scope>();
        for (String text : texts) {
            if (!scopes.add(Scope.parse(text))) {
                throw MalformedException.value("scope", text, "is there twice");
            }
        }
        return new Scopes(scopes);
    }

    static Scopes read(JsonObject object) {
        List<String> texts = object.list("scopes", 1, SCOPES_MAX, value -> value.text());
        return object.check(() -> parse(texts));
    }

    /// Lets pass what one of the scopes is for. Throws `RefusedException` with the rule [#RULE] otherwise.
    public void permit(Scope.Act act, Authority authority) {
        if (all.stream().noneMatch(scope -> scope.covers(act, authority))) {
            throw refused(act.word() + ":" + authority);
        }
    }

    /// Lets pass who may do one of these, which mean no authority's keys.
    public void permitAny(Scope.Act... acts) {
        var wanted = List.of(acts);
        if (all.stream().map(Scope::act).noneMatch(wanted::contains)) {
            throw refused(wanted.stream().map(Scope.Act::word).collect(Collectors.joining(" or ")));
        }
    }

    private static RefusedException refused(String needed) {
        return new RefusedException(RULE, "the credential is not good for " + needed);
    }

    public List<String> texts() {
        return all.stream().map(Scope::toString).toList();
    }
}
