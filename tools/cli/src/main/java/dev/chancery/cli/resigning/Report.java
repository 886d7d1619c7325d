// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import dev.chancery.cli.terminal.Terminal;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Tells what becomes of each old signature, and at the end of all: as it happens, or in one JSON document.
final class Report {
    private final Terminal terminal;
    private final boolean isJson;
    private final List<Json> documents = new ArrayList<>();
    private final Map<Outcome.Kind, Integer> counts = new EnumMap<>(Outcome.Kind.class);

    Report(Terminal terminal, boolean isJson) {
        this.terminal = terminal;
        this.isJson = isJson;
    }

    void add(Outcome outcome) {
        counts.merge(outcome.kind(), 1, Integer::sum);
        if (isJson) {
            documents.add(outcome.json());
        } else {
            terminal.out().println(outcome.sentence());
        }
    }

    private int count(Outcome.Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    int left() {
        return count(Outcome.Kind.LEFT);
    }

    /// @param head what is said of the log in JSON
    /// @param unknown entries that nothing is known of
    void end(JsonFields head, boolean logSigned, long unknown) {
        if (isJson) {
            terminal.out().print(head.put("signatures", documents).toJson().pretty());
            return;
        }
        terminal.out()
                .println("%d signatures by the key: %d signed again, %d that would be, %d were already, %d left"
                        .formatted(
                                counts.values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum(),
                                count(Outcome.Kind.SIGNED),
                                count(Outcome.Kind.WOULD),
                                count(Outcome.Kind.ALREADY),
                                left()));
        if (unknown > 0) {
            terminal.out().println("%d entries of the log are of no kind that this version knows".formatted(unknown));
        }
        if (!logSigned) {
            terminal.out().println("nobody checked who signed the log: name its key with --log-key");
        }
    }
}
