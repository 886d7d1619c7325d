// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.MalformedException;
import dev.chancery.keys.handle.SecretSource;
import dev.chancery.keys.vault.VaultLogin;
import java.nio.file.Path;
import java.util.Optional;

/// The text form of how Vault is told who asks, in `provider add --login` and `office.json`: `token:SOURCE`,
/// `approle:ROLE-ID:SOURCE` or `agent`, with the sources of [SecretOption].
public record LoginOption(Terminal terminal, Path home) {
    private static final String APPROLE = "approle";

    /// `mount` is where AppRole is, if not at `approle`.
    public VaultLogin parse(String text, Optional<String> mount) {
        String[] parts = text.split(":", 2);
        String rest = parts.length < 2 ? "" : parts[1];
        if (!parts[0].equals(APPROLE) && mount.isPresent()) {
            throw MalformedException.value("login", text, "has no mount: that is for approle");
        }
        return switch (parts[0]) {
            case "token" -> new VaultLogin.OfToken(source("token", rest));
            case APPROLE -> {
                int colon = rest.indexOf(':');
                if (colon < 0) {
                    throw unknown(text);
                }
                yield new VaultLogin.OfAppRole(
                        mount.orElse(APPROLE),
                        rest.substring(0, colon),
                        source("secret ID", rest.substring(colon + 1)));
            }
            case "agent" -> {
                if (parts.length > 1) {
                    throw unknown(text);
                }
                yield new VaultLogin.OfAgent();
            }
            default -> throw unknown(text);
        };
    }

    private SecretSource source(String name, String text) {
        return new SecretOption(name, terminal, home).parse(text);
    }

    private static MalformedException unknown(String text) {
        return MalformedException.value("login", text, "is not token:SOURCE, approle:ROLE-ID:SOURCE or agent");
    }
}
