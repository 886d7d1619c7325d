// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.cli.terminal.Terminal;
import dev.chancery.keys.vault.VaultLogin;
import java.nio.file.Path;
import java.util.Optional;

/// How Vault is told who asks, in `provider add --login` and `office.json`, with the sources of
/// [SecretOption].
public record LoginOption(Terminal terminal, Path home) {
    /// `mount` is where AppRole is, if not at `approle`.
    public VaultLogin parse(String text, Optional<String> mount) {
        return VaultLogin.parse(
                text, mount, (secret, source) -> new SecretOption(secret, terminal, home).parse(source));
    }
}
