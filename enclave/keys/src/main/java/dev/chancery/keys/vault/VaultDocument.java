// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An object in Vault's JSON. Fields that are not asked for are let pass, because each release adds some; one
/// that is `null` is as good as absent. Throws `MalformedException` for a field of another kind.
record VaultDocument(Map<String, Json> fields) {
    /// A body without content has no fields.
    static VaultDocument parse(byte[] body) {
        if (body.length == 0) {
            return new VaultDocument(Map.of());
        }
        // The value says nothing more than its kind, because a login's answer holds a token.
        var value = Json.parse(Bytes.of(body), "answer", JsonLimits.foreign(body.length));
        if (value.json() instanceof Json.Members members) {
            return new VaultDocument(members.fields());
        }
        throw new MalformedException("answer is not an object");
    }

    private <T extends Json> Optional<T> field(String name, Class<T> kind) {
        Json json = fields.get(name);
        if (json == null || json instanceof Json.Null) {
            return Optional.empty();
        }
        if (!kind.isInstance(json)) {
            throw new MalformedException("answer's field %s is of another kind".formatted(name));
        }
        return Optional.of(kind.cast(json));
    }

    private static <T> T required(String name, Optional<T> field) {
        return field.orElseThrow(() -> new MalformedException("answer has no field " + name));
    }

    boolean has(String name) {
        return field(name, Json.class).isPresent();
    }

    Optional<VaultDocument> optionalObject(String name) {
        return field(name, Json.Members.class).map(members -> new VaultDocument(members.fields()));
    }

    VaultDocument object(String name) {
        return required(name, optionalObject(name));
    }

    String text(String name) {
        return required(name, field(name, Json.Text.class)).value();
    }

    long number(String name) {
        return required(name, field(name, Json.Whole.class)).value();
    }

    Optional<Long> optionalNumber(String name) {
        return field(name, Json.Whole.class).map(Json.Whole::value);
    }

    boolean flag(String name) {
        return required(name, field(name, Json.Bool.class)).value();
    }

    boolean optionalFlag(String name) {
        return field(name, Json.Bool.class).map(Json.Bool::value).orElse(false);
    }

    /// Those elements of an array that are texts.
    List<String> texts(String name) {
        return field(name, Json.Elements.class).map(Json.Elements::list).orElse(List.of()).stream()
                .filter(Json.Text.class::isInstance)
                .map(text -> ((Json.Text) text).value())
                .toList();
    }
}
