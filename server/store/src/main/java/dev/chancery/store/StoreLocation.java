// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store;

import dev.chancery.core.MalformedException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Where a store is.
public sealed interface StoreLocation {

    /// A file of SQLite, and beside it its log (`-wal`, `-shm`), on a file system of this machine. It is
    /// made, for its owner alone, where there is none; its directory must be there.
    record SqliteFile(Path path) implements StoreLocation {}

    /// A database of PostgreSQL 14 or newer, in UTF-8.
    ///
    /// The address is a JDBC URL, `jdbc:postgresql://host/database?sslrootcert=…`, without credentials: it
    /// stands in configuration and in messages. Without `sslmode` in it, connections to other machines use
    /// `verify-full`. The password is asked for whenever a connection is made, so that it can change while
    /// the server runs.
    record Postgres(String url, String user, Supplier<char[]> password) implements StoreLocation {
        private static final String SCHEME = "jdbc:postgresql:";
        private static final Pattern CREDENTIAL =
                Pattern.compile("[?&](user|password|sslpassword|passfile)=|//[^/?]*@", Pattern.CASE_INSENSITIVE);

        public Postgres {
            if (!url.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
                throw MalformedException.value("store address", url, "does not begin with \"" + SCHEME + "\"");
            }
            // Not quoted: it may be a password.
            if (CREDENTIAL.matcher(url).find()) {
                throw new MalformedException("the store's address holds credentials, which have settings of their own");
            }
        }

        @Override
        public String toString() {
            return url;
        }
    }
}
