// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import dev.chancery.json.Json;
import java.util.Map;
import java.util.Optional;

/// By what means an input gets its data, in the words of the other implementation: `API`, `File`.
final class IngestionMethods {
    private static final Map<String, Json> METHODS = Table.read("ingestion-methods.json");

    private IngestionMethods() {}

    static Optional<String> of(String input) {
        return METHODS.get(input) instanceof Json.Text(String method) ? Optional.of(method) : Optional.empty();
    }
}
