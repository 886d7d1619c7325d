// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.providers;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.OfficeConfiguration;
import dev.chancery.cli.office.ProviderEntry;
import dev.chancery.cli.office.Providers;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.ChanceryException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery provider list`.
public final class ProviderListCommand extends Command {
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public ProviderListCommand(Terminal terminal) {
        super(terminal, "Lists the key providers of the office and whether token or Vault is there. Logs in to none.");
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal());
        var providers = office.providers();
        var list = new ArrayList<Json>();
        list.add(new JsonFields().put("name", OfficeConfiguration.FILE.text()).toJson());
        if (!json.get()) {
            terminal().out().println("%-20s keys in %s".formatted(OfficeConfiguration.FILE, office.keyDirectory()));
        }
        for (var provider : office.configuration().providers()) {
            var fault = fault(providers, provider);
            if (json.get()) {
                var fields = provider.fields().put("there", fault.isEmpty());
                fault.ifPresent(sentence -> fields.put("message", sentence));
                list.add(fields.toJson());
            } else {
                String state = fault.map(sentence -> "not there: " + sentence).orElse("there");
                terminal().out().println("%-20s %s, %s".formatted(provider.name(), provider, state));
            }
        }
        if (json.get()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put("providers", List.copyOf(list))
                            .toJson()
                            .pretty());
        }
        return ExitStatus.DONE;
    }

    private static Optional<String> fault(Providers providers, ProviderEntry entry) {
        try {
            return switch (entry) {
                case ProviderEntry.OfToken token -> fault(providers, token);
                case ProviderEntry.OfVault vault -> fault(providers, vault);
            };
        } catch (ChanceryException e) {
            return Optional.of(e.sentence());
        }
    }

    private static Optional<String> fault(Providers providers, ProviderEntry.OfToken token) {
        try (var keys = providers.token(token)) {
            return keys.isThere() ? Optional.empty() : Optional.of("no token has this label");
        }
    }

    private static Optional<String> fault(Providers providers, ProviderEntry.OfVault vault) {
        try (var keys = providers.vault(vault)) {
            keys.requireThere();
            return Optional.empty();
        }
    }
}
