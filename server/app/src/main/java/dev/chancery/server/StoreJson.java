// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.JsonObject;
import dev.chancery.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the store is: `{"sqlite":"store.db"}`, or
/// `{"postgresql":"jdbc:postgresql://db/chancery","user":"chancery","password":"file:db-password"}`.
final class StoreJson {
    private static final String FILE = "file:";
    /// Bytes of a file with a password.
    private static final int PASSWORD_BYTES_MAX = 1_024;

    private StoreJson() {}

    static StoreLocation read(JsonObject store, Path directory) {
        Optional<Path> sqlite = store.optionalText("sqlite", text -> ServerConfiguration.path(text, directory));
        Optional<String> url = store.optionalText("postgresql", text -> text);
        Optional<String> user = store.optionalText("user", text -> text);
        Optional<Path> password = store.optionalText("password", text -> passwordFile(text, directory));
        boolean whole = user.isPresent() == url.isPresent() && password.isPresent() == url.isPresent();
        if (sqlite.isPresent() == url.isPresent() || !whole) {
            throw store.malformed("has neither sqlite alone nor postgresql, user and password");
        }
        return sqlite.<StoreLocation>map(StoreLocation.SqliteFile::new)
                .orElseGet(() -> store.check(() -> new StoreLocation.Postgres(
                        url.orElseThrow(), user.orElseThrow(), () -> password(password.orElseThrow()))));
    }

    private static Path passwordFile(String text, Path directory) {
        if (!text.startsWith(FILE)) {
            throw new MalformedException("the store's password is not said as file:PATH");
        }
        return ServerConfiguration.path(text.substring(FILE.length()), directory);
    }

    /// The first line; read again for each connection, so that it can change.
    private static char[] password(Path file) {
        try {
            if (Files.size(file) > PASSWORD_BYTES_MAX) {
                throw new UnavailableException(
                        "the store's password file %s has more than %d bytes".formatted(file, PASSWORD_BYTES_MAX));
            }
            return Files.readString(file).lines().findFirst().orElse("").toCharArray();
        } catch (IOException e) {
            throw new UnavailableException("the store's password file %s cannot be read".formatted(file), e);
        }
    }
}
