// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Authority;
import dev.chancery.core.Requester;
import dev.chancery.server.http.Request;
import java.util.Collection;
import java.util.Optional;

/// Who asks, and what his credential is for. What he may have signed, the enclave's rules say beside this.
public interface Guard {
    /// What somebody wants of an authority.
    enum Act {
        /// Signatures over artifacts.
        SIGN,
        /// Statements.
        ATTEST,
        /// Signatures over tags.
        TAG,
        /// What is known of its keys.
        PUBLISH
    }

    /// Whoever asks for what these authorities' signatures, or keys, are needed for.
    ///
    /// Throws an `HttpProblem` (401) when nobody is known by the request's credentials, and `RefusedException`
    /// (`token-scope`) when these are for something else.
    Requester asks(Request request, Act act, Collection<Authority> authorities);

    /// What somebody wants of the queue, or of the registry.
    enum Duty {
        SUBMIT,
        WORK,
        /// To see what is in it: who submits, works, or may read.
        LOOK,
        /// To bring packages for the registry.
        UPLOAD
    }

    /// Whoever asks for this. Throws as [#asks].
    Requester may(Request request, Duty duty);

    /// Who asks, where anybody may. Throws an `HttpProblem` (401) for a wrong credential, not for none.
    Optional<Requester> known(Request request);

    /// Whether the caller may be told who asked for signatures. Throws an `HttpProblem` (401) for a wrong
    /// credential, not for none.
    boolean seesRequesters(Request request);
}
