// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.keys.pkcs11.Pkcs11Keys;
import dev.chancery.keys.vault.VaultAddress;
import dev.chancery.keys.vault.VaultKeys;
import dev.chancery.policy.Label;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// A key provider in `office.json`. Its `kind` is `vault` or, where it is absent, `pkcs11`.
public sealed interface ProviderEntry {
    Label name();

    /// As it stands in the file.
    JsonFields fields();

    /// A token. `pin` is the text form of where its PIN comes from.
    record OfToken(Label name, Pkcs11Keys.Place place, String pin) implements ProviderEntry {
        @Override
        public JsonFields fields() {
            return new JsonFields()
                    .put("name", name.text())
                    .put("kind", "pkcs11")
                    .put("module", place.module().toString())
                    .put("token", place.token())
                    .put("pin", pin);
        }

        @Override
        public String toString() {
            return place.toString();
        }
    }

    /// A Transit of Vault. `login` is the text form of how Vault is told who asks, and `loginMount` where the
    /// auth method is if not where it usually is.
    record OfVault(Label name, VaultKeys.Place place, String login, Optional<String> loginMount)
            implements ProviderEntry {
        @Override
        public JsonFields fields() {
            var fields = new JsonFields()
                    .put("name", name.text())
                    .put("kind", "vault")
                    .put("address", place.address().toString())
                    .put("mount", place.mount());
            place.namespace().ifPresent(namespace -> fields.put("namespace", namespace));
            place.anchors().ifPresent(file -> fields.put("ca", file.toString()));
            fields.put("login", login);
            loginMount.ifPresent(mount -> fields.put("login_mount", mount));
            return fields;
        }

        @Override
        public String toString() {
            return place.toString();
        }
    }

    static ProviderEntry read(JsonObject object) {
        var name = object.text("name", Label::new);
        String kind = object.optionalText("kind", text -> text).orElse("pkcs11");
        return switch (kind) {
            case "pkcs11" -> token(name, object);
            case "vault" -> vault(name, object);
            default -> throw object.malformed("is of kind %s, not pkcs11 or vault".formatted(Quoted.text(kind)));
        };
    }

    private static ProviderEntry token(Label name, JsonObject object) {
        var module = object.text("module", text -> path("module", text));
        String token = object.text("token");
        String pin = object.text("pin");
        return object.check(() -> new OfToken(name, new Pkcs11Keys.Place(module, token), pin));
    }

    private static ProviderEntry vault(Label name, JsonObject object) {
        var address = object.text("address", VaultAddress::parse);
        String mount = object.text("mount");
        var namespace = object.optionalText("namespace", text -> text);
        var anchors = object.optionalText("ca", text -> path("ca", text));
        String login = object.text("login");
        var loginMount = object.optionalText("login_mount", text -> text);
        return object.check(
                () -> new OfVault(name, new VaultKeys.Place(address, mount, namespace, anchors), login, loginMount));
    }

    private static Path path(String subject, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw MalformedException.value(subject, text, "cannot be a file's name");
        }
    }
}
