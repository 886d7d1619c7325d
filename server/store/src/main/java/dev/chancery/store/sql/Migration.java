// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// One step of the schema, in both directions, in the words that both dialects have.
record Migration(int number, String name, List<String> up, List<String> down) {

    /// Reads the two resources of a step.
    static Migration load(int number, String name) {
        return new Migration(number, name, statements(number, name, "up"), statements(number, name, "down"));
    }

    private static List<String> statements(int number, String name, String direction) {
        String resource = "%04d-%s.%s.sql".formatted(number, name, direction);
        try (var input = Migration.class.getResourceAsStream(resource)) {
            if (input == null) {
                throw new IllegalStateException("the program has no " + resource);
            }
            return statements(new String(input.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's " + resource + " cannot be read", e);
        }
    }

    static List<String> statements(String script) {
        String bare = script.replaceAll("(?m)^--.*\n", "");
        return Arrays.stream(bare.split(";\\s*(\n|$)"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
