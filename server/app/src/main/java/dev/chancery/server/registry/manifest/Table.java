// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import dev.chancery.core.Bytes;
import dev.chancery.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// Tables that lie beside the classes.
final class Table {
    private Table() {}

    static Map<String, Json> read(String file) {
        try (var input = Table.class.getResourceAsStream(file)) {
            if (input == null) {
                throw new IllegalStateException(file + " is not in the program");
            }
            var table = (Json.Members)
                    Json.parse(Bytes.of(input.readAllBytes()), file).json();
            return table.fields();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
