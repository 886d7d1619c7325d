// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.authorities;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.OfficeConfiguration;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.key.Key;
import dev.chancery.key.Scheme;
import dev.chancery.policy.Label;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery authority list`.
public final class AuthorityListCommand extends Command {
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public AuthorityListCommand(Terminal terminal) {
        super(terminal, "Lists the authorities of the office and their signing keys.");
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal());
        var keys = office.keys().stream()
                .sorted(Comparator.comparing(Key::authority).thenComparing(Key::format))
                .toList();
        if (json.get()) {
            terminal().out().print(json(office, keys).pretty());
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
            until += token(office, key).map(name -> "  in " + name).orElse("");
            terminal()
                    .out()
                    .println("%-20s %-9s %-11s %s  %s"
                            .formatted(
                                    key.authority(),
                                    key.format(),
                                    algorithm(key),
                                    key.id().abbreviated(),
                                    until));
        }
        return ExitStatus.DONE;
    }

    /// The name of the provider whose token has the key; empty for a key in a file.
    private static Optional<Label> token(Office office, Key key) {
        return Optional.of(office.providers().nameOf(key)).filter(name -> !name.equals(OfficeConfiguration.FILE));
    }

    static Json json(Office office, List<Key> keys) {
        return new JsonFields()
                .put("keys", keys.stream().map(key -> json(office, key)).toList())
                .toJson();
    }

    private static Json json(Office office, Key key) {
        var fields = new JsonFields()
                .put("authority", key.authority().name())
                .put("format", key.format().text())
                .put("algorithm", algorithm(key))
                .put("key", key.id().hex())
                .put("created", key.created().toString());
        key.expires().ifPresent(end -> fields.put("expires", end.toString()));
        key.namespace().ifPresent(namespace -> fields.put("namespace", namespace.text()));
        token(office, key).ifPresent(name -> fields.put("provider", name.text()));
        return fields.toJson();
    }

    static String algorithm(Key key) {
        String scheme = key.publicKey().scheme().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return key.publicKey().scheme() == Scheme.RSA
                ? scheme + "-" + key.publicKey().bits()
                : scheme;
    }
}
