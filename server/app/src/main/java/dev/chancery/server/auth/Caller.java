// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.Requester;
import dev.chancery.server.http.HttpProblem;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.ProblemType;
import java.util.Locale;

/// Who asks.
public sealed interface Caller {
    /// Somebody who showed no credential. One who showed a wrong one is nobody: he is not answered.
    record Anonymous() implements Caller {}

    /// Somebody who proved who he is.
    record Known(Requester requester, Scopes scopes, How how) implements Caller {
        /// The requester's text without its kind: `ci` of `token:ci`.
        String name() {
            return requester.text().substring(requester.text().indexOf(':') + 1);
        }
    }

    /// By what he proved it; the name in lower case is the requester's kind.
    enum How {
        TOKEN,
        CERT,
        OIDC;

        Requester requester(String name) {
            return new Requester(name().toLowerCase(Locale.ROOT) + ":" + name);
        }
    }

    /// The caller where one is needed: 401 for an anonymous one.
    default Known known() {
        return switch (this) {
            case Known known -> known;
            case Anonymous nobody -> throw unauthorized("The request needs a credential");
        };
    }

    /// Status 401 with what it takes (RFC 6750, section 3).
    static HttpProblem unauthorized(String detail) {
        return new HttpProblem(
                Problem.of(ProblemType.UNAUTHORIZED, detail).header("WWW-Authenticate", "Bearer realm=\"chancery\""));
    }
}
