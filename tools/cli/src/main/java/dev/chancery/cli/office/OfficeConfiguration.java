// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.policy.Label;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// `office.json`: where the passphrase comes from, and the key providers beside the files.
public record OfficeConfiguration(String passphrase, List<ProviderEntry> providers) {
    /// The provider that every office has and that nobody adds.
    public static final Label FILE = new Label("file");
    /// Beside the files: each takes a login.
    public static final int PROVIDERS_MAX = 20;

    public OfficeConfiguration {
        var names = new HashSet<Label>();
        names.add(FILE);
        for (var provider : providers) {
            if (!names.add(provider.name())) {
                throw MalformedException.value("key provider", provider.name().text(), "is there already");
            }
        }
        if (providers.size() > PROVIDERS_MAX) {
            throw new MalformedException(
                    "%d key providers are more than %d".formatted(providers.size(), PROVIDERS_MAX));
        }
        providers = List.copyOf(providers);
    }

    static OfficeConfiguration parse(Bytes document) {
        return Json.parse(document, "office").object(object -> {
            object.integer("version", 1, 1);
            String passphrase = object.text("passphrase");
            List<ProviderEntry> providers = object.optional("providers")
                    .map(list -> list.list(1, PROVIDERS_MAX, one -> one.object(ProviderEntry::read)))
                    .orElse(List.of());
            return object.check(() -> new OfficeConfiguration(passphrase, providers));
        });
    }

    public OfficeConfiguration with(ProviderEntry provider) {
        var more = new ArrayList<>(providers);
        more.add(provider);
        return new OfficeConfiguration(passphrase, more);
    }

    public Optional<ProviderEntry> provider(Label name) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst();
    }

    public Bytes toBytes() {
        var fields = new JsonFields().put("version", 1).put("passphrase", passphrase);
        if (!providers.isEmpty()) {
            fields.put(
                    "providers",
                    providers.stream()
                            .map(provider -> provider.fields().toJson())
                            .toList());
        }
        return Bytes.of(fields.toJson().pretty().getBytes(StandardCharsets.UTF_8));
    }
}
