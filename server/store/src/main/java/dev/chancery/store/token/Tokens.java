// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.token;

import dev.chancery.core.Digest;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.store.sql.Database;
import dev.chancery.store.sql.Row;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The API tokens. See the package comment.
public final class Tokens {
    private static final String COLUMNS = "SELECT name, hash, scopes, created, expires, revoked FROM token ";

    private final Database database;
    private final InstantSource clock;

    public Tokens(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Keeps a token. A name that was used before is refused (`token-name`), also one of a revoked token.
    public void add(Token token) {
        int added = database.write(session -> session.update(
                "INSERT INTO token (name, hash, scopes, created, expires, revoked) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (name) DO NOTHING",
                token.name(),
                token.hash(),
                String.join(" ", token.scopes()),
                token.created(),
                token.expires(),
                token.revoked()));
        if (added == 0) {
            throw new RefusedException(
                    "token-name",
                    "there is or was a token with the name " + Quoted.text(token.name()) + "; names are given once");
        }
    }

    /// The token with this secret, valid or not.
    ///
    /// @param hash the SHA-256 of the secret
    public Optional<Token> find(Digest hash) {
        return database.read(session -> session.first(COLUMNS + "WHERE hash = ?", Tokens::read, hash));
    }

    /// All tokens, also those that are not valid any more, by their names.
    public List<Token> list() {
        return database.read(session -> session.list(COLUMNS + "ORDER BY name", Tokens::read));
    }

    /// Revokes a token, for ever, from now on. Empty: there is none of this name. It stays revoked from the
    /// first time on when it is revoked again.
    public Optional<Token> revoke(String name) {
        Token.requireName(name);
        return database.write(session -> {
            session.update("UPDATE token SET revoked = ? WHERE name = ? AND revoked IS NULL", clock.instant(), name);
            return session.first(COLUMNS + "WHERE name = ?", Tokens::read, name);
        });
    }

    private static Token read(Row row) {
        String name = row.text();
        Digest hash = row.sha256();
        var scopes = new TreeSet<>(Arrays.asList(row.text().split(" ")));
        scopes.remove("");
        return new Token(name, hash, scopes, row.time(), row.time(), row.optionalTime());
    }
}
