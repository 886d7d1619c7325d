// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.Authority;
import dev.chancery.core.MalformedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One thing that a credential is good for: `sign:jenkins-prd`, `attest:*`, `read`.
///
/// @param authority whose key is meant; empty for every one's, and for acts that mean no key
public record Scope(Act act, Optional<Authority> authority) implements Comparable<Scope> {
    /// What is asked for.
    public enum Act {
        /// Signatures over artifacts.
        SIGN,
        /// Signed statements.
        ATTEST,
        /// Signatures on tags.
        TAG,
        /// Updates of certificates: for administrators.
        PUBLISH,
        /// Orders for workers.
        SUBMIT,
        /// Taking orders out of the queue.
        WORK,
        /// Packages for the registry.
        UPLOAD,
        /// What is not for everybody to read.
        READ;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean meansKeys() {
            return !List.of(SUBMIT, WORK, UPLOAD, READ).contains(this);
        }
    }

    private static final String EVERY = "*";

    public Scope {
        if (!act.meansKeys() && authority.isPresent()) {
            throw new MalformedException("scope %s is not for one authority".formatted(act.word()));
        }
    }

    public static Scope parse(String text) {
        for (Act act : Act.values()) {
            String prefix = act.word() + ":";
            if (!act.meansKeys() && text.equals(act.word())) {
                return new Scope(act, Optional.empty());
            }
            if (act.meansKeys() && text.startsWith(prefix)) {
                String authority = text.substring(prefix.length());
                return new Scope(
                        act, authority.equals(EVERY) ? Optional.empty() : Optional.of(new Authority(authority)));
            }
        }
        throw MalformedException.value(
                "scope",
                text,
                "is not read, submit, work or upload, nor sign, attest, tag or publish with \":\" and an authority or"
                        + " \"*\"");
    }

    boolean covers(Act asked, Authority whose) {
        return act == asked && act.meansKeys() && authority.map(whose::equals).orElse(true);
    }

    @Override
    public int compareTo(Scope other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return act.meansKeys()
                ? act.word() + ":" + authority.map(Authority::name).orElse(EVERY)
                : act.word();
    }
}
