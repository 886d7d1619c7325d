// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import java.nio.file.Path;
import java.util.Optional;

/// Where a passphrase or a PIN comes from. [SecretLine#read] reads them all.
///
/// Never a variable of the environment: children inherit those, and `/proc` shows them.
public sealed interface SecretSource {
    /// A file of the caller's own, mode 0600 or 0400.
    record OfFile(Path file) implements SecretSource {}

    /// An open file descriptor that the caller's parent handed down, 3 or more: `chancery sign ... 5<
    /// secret`. Read through `/proc/self/fd`, so before the process makes itself non-dumpable.
    record OfDescriptor(int number) implements SecretSource {}

    /// A systemd credential: the directory is `$CREDENTIALS_DIRECTORY`, which systemd guards
    /// (systemd.exec(5)).
    record OfCredential(Path directory, String name) implements SecretSource {}

    /// The person at the terminal, asked twice when the secret is `making`.
    record OfPrompt(Prompt prompt, boolean making) implements SecretSource {}

    /// Asks without echo. Empty when the input ends, as `Console.readPassword` says with null.
    @FunctionalInterface
    interface Prompt {
        Optional<char[]> ask(String question);
    }
}
