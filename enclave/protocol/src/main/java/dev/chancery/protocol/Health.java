// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.key.KeyId;
import java.util.List;
import java.util.Optional;

/// How an enclave is: each of its keys, what confines it, and the head of its audit chain.
///
/// @param keys ready, or why not
/// @param confinement the parts of the sandbox that are in force, by name
/// @param audit the chain's last line, as `chancery audit verify --head` takes it
public record Health(List<KeyHealth> keys, List<String> confinement, String audit) implements Reply.Answer {
    private static final int LIST_MAX = 1_000;

    /// One key. Without a fault it signed and verified when the enclave started.
    public record KeyHealth(Authority authority, FormatName format, KeyId key, Optional<String> fault) {}

    public Health {
        keys = List.copyOf(keys);
        confinement = List.copyOf(confinement);
    }

    Json toJson() {
        return new JsonFields()
                .put("keys", keys.stream().map(Health::write).toList())
                .putTexts("confinement", confinement)
                .put("audit", audit)
                .toJson();
    }

    private static Json write(KeyHealth key) {
        var fields = new JsonFields()
                .put("authority", key.authority().name())
                .put("format", key.format().text())
                .put("key", key.key().hex());
        key.fault().ifPresent(fault -> fields.put("fault", fault));
        return fields.toJson();
    }

    static Health read(JsonObject object) {
        var keys = object.list(
                "keys",
                0,
                LIST_MAX,
                value -> value.object(key -> new KeyHealth(
                        key.text("authority", Authority::new),
                        key.text("format", FormatName::new),
                        key.text("key", KeyId::new),
                        key.optionalText("fault", text -> text))));
        return new Health(keys, object.list("confinement", 0, LIST_MAX, value -> value.text()), object.text("audit"));
    }
}
