// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.keys.handle.SecretBytes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What Vault answered: one of the statuses that say something of the request. Those that say something of
/// Vault, such as that it is sealed, are exceptions of [VaultTransport].
record VaultAnswer(int status, VaultDocument document, List<String> errors) {
    /// Of the errors that Vault lists, so many are shown.
    private static final int ERRORS_SHOWN_MAX = 3;

    /// Throws `MalformedException` when the body of a success is not a JSON object. That of a failure may be
    /// anything: another server may have been in between.
    static VaultAnswer of(int status, SecretBytes body) {
        return status < 300
                ? new VaultAnswer(status, VaultDocument.parse(body.exposed()), List.of())
                : new VaultAnswer(status, new VaultDocument(Map.of()), errors(body.exposed()));
    }

    private static List<String> errors(byte[] body) {
        try {
            return VaultDocument.parse(body).texts("errors");
        } catch (MalformedException notJson) {
            return List.of();
        }
    }

    boolean isDone() {
        return status < 300;
    }

    /// The status and Vault's own words: `400: "unknown key type"`.
    String said() {
        if (errors.isEmpty()) {
            return String.valueOf(status);
        }
        return status + ": "
                + errors.stream().limit(ERRORS_SHOWN_MAX).map(VaultAnswer::line).collect(Collectors.joining(", "));
    }

    /// Vault makes lists of several lines of errors.
    private static String line(String error) {
        return Quoted.text(error.replaceAll("\\s+", " ").strip());
    }
}
