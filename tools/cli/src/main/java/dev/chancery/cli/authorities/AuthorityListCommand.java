// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.authorities;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.key.Key;
import dev.chancery.key.Scheme;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// `chancery authority list`.
public final class AuthorityListCommand extends Command {
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public AuthorityListCommand(Terminal terminal) {
        super(terminal, "Lists the authorities of the office and their signing keys.");
    }

    @Override
    public Integer call() {
        var keys = Office.of(terminal()).keys().stream()
                .sorted(Comparator.comparing(Key::authority).thenComparing(Key::format))
                .toList();
        if (json.get()) {
            terminal().out().print(json(keys).pretty());
            return ExitStatus.DONE;
        }
        if (keys.isEmpty()) {
            terminal().err().println("hint: 'chancery authority add NAME' makes the first authority");
        }
        for (Key key : keys) {
            String until = key.expires().map(end -> "expires " + end).orElse("never expires");
            if (key.isExpiredAt(terminal().clock().instant())) {
                until = "EXPIRED " + key.expires().orElseThrow();
            }
            until +=
                    key.namespace().map(namespace -> "  namespace " + namespace).orElse("");
            terminal()
                    .out()
                    .println("%-20s %-8s %-11s %s  %s"
                            .formatted(
                                    key.authority(),
                                    key.format(),
                                    algorithm(key),
                                    key.id().abbreviated(),
                                    until));
        }
        return ExitStatus.DONE;
    }

    static Json json(List<Key> keys) {
        return new JsonFields()
                .put("keys", keys.stream().map(AuthorityListCommand::json).toList())
                .toJson();
    }

    private static Json json(Key key) {
        var fields = new JsonFields()
                .put("authority", key.authority().name())
                .put("format", key.format().text())
                .put("algorithm", algorithm(key))
                .put("key", key.id().hex())
                .put("created", key.created().toString());
        key.expires().ifPresent(end -> fields.put("expires", end.toString()));
        key.namespace().ifPresent(namespace -> fields.put("namespace", namespace.text()));
        return fields.toJson();
    }

    static String algorithm(Key key) {
        String scheme = key.publicKey().scheme().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return key.publicKey().scheme() == Scheme.RSA
                ? scheme + "-" + key.publicKey().bits()
                : scheme;
    }
}
