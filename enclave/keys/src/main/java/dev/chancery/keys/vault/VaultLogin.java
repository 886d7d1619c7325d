// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import dev.chancery.core.MalformedException;
import dev.chancery.keys.handle.SecretSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How Vault is told who asks.
public sealed interface VaultLogin {
    /// Not at all: an agent between here and Vault adds its own token (Vault Agent and Vault Proxy,
    /// "auto-auth").
    record OfAgent() implements VaultLogin {}

    /// A token that was made elsewhere. A file is read again when Vault does not take its token any more.
    record OfToken(SecretSource token) implements VaultLogin {}

    /// The auth method AppRole at `mount`, usually `approle`. A file with the secret ID is read with each
    /// login.
    record OfAppRole(String mount, String roleId, SecretSource secretId) implements VaultLogin {
        private static final Pattern ROLE_ID = Pattern.compile("[A-Za-z0-9_.@+=/-]{1,255}");

        public OfAppRole {
            VaultKeys.Place.requirePath("login mount", mount);
            if (!ROLE_ID.matcher(roleId).matches()) {
                throw MalformedException.value("role ID", roleId, "is not 1 to 255 letters, digits and _.@+=/-");
            }
        }
    }

    /// Finds the source that a text such as `file:PATH` names; `secret` is what errors call it.
    @FunctionalInterface
    interface Sources {
        SecretSource source(String secret, String text);
    }

    /// Reads `token:SOURCE`, `approle:ROLE-ID:SOURCE` or `agent`; `mount` is where AppRole is, if not at
    /// `approle`.
    static VaultLogin parse(String text, Optional<String> mount, Sources sources) {
        String[] parts = text.split(":", 2);
        String rest = parts.length < 2 ? "" : parts[1];
        int colon = rest.indexOf(':');
        if (!parts[0].equals("approle") && mount.isPresent()) {
            throw MalformedException.value("login", text, "has no mount: that is for approle");
        }
        if (text.equals("agent")) {
            return new OfAgent();
        }
        if (parts[0].equals("token")) {
            return new OfToken(sources.source("token", rest));
        }
        if (!parts[0].equals("approle") || colon < 0) {
            throw MalformedException.value("login", text, "is not token:SOURCE, approle:ROLE-ID:SOURCE or agent");
        }
        return new OfAppRole(
                mount.orElse("approle"),
                rest.substring(0, colon),
                sources.source("secret ID", rest.substring(colon + 1)));
    }

    /// Where the secret comes from.
    default Optional<SecretSource> secret() {
        return switch (this) {
            case OfAgent none -> Optional.empty();
            case OfToken(var token) -> Optional.of(token);
            case OfAppRole(var mount, var roleId, var secretId) -> Optional.of(secretId);
        };
    }

    /// The files that are read again while the process runs, and that a sandbox has to let it read.
    default List<Path> filesReadAgain() {
        return secret().stream()
                .flatMap(source -> switch (source) {
                    case SecretSource.OfFile(var file) -> Stream.of(file);
                    case SecretSource.OfCredential(var directory, var name) -> Stream.of(directory.resolve(name));
                    case SecretSource.OfDescriptor once -> Stream.empty();
                    case SecretSource.OfPrompt once -> Stream.empty();
                })
                .toList();
    }
}
