// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

/// What became of one credential.
sealed interface Verdict {
    /// It names somebody.
    record Accepted(Caller.Known caller) implements Verdict {}

    /// It names nobody.
    ///
    /// @param reason for the log; whoever sent the credential is told no more than that it is not valid
    record Rejected(String reason) implements Verdict {}
}
