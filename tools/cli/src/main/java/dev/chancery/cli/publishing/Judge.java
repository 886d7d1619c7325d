// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.office.Verification;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.policy.VerificationPolicy;

/// Public keys, and what they are asked.
public record Judge(Verification verification, VerificationPolicy policy, KeyringDirectory keyring, Wiring wiring) {
    /// One whose answers have the digest of the bytes that were verified.
    public static Judge of(Terminal terminal, VerificationPolicy policy, KeyringDirectory keyring, Wiring wiring) {
        var verification = new Verification(terminal, wiring, policy, keyring);
        verification.takeDigests();
        return new Judge(verification, policy, keyring, wiring);
    }

    /// Names that the policy has and the keyring has not: often a keyring of yesterday.
    void hint(Terminal terminal) {
        verification
                .strangers()
                .forEach(name -> terminal.err().println("hint: the keyring has no key of %s".formatted(name)));
    }
}
