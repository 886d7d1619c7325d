// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.token;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A token, without its secret. Times are kept in microseconds.
///
/// @param hash the SHA-256 of the secret
/// @param expires not valid any more from this time on
public record Token(
        String name,
        Digest hash,
        SortedSet<String> scopes,
        Instant created,
        Instant expires,
        Optional<Instant> revoked) {
    /// Characters: a requester has 128 with its kind.
    public static final int NAME_CHARACTERS_MAX = 64;
    /// Characters of one scope.
    public static final int SCOPE_CHARACTERS_MAX = 64;
    /// Scopes of one token.
    public static final int SCOPES_MAX = 32;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

    public Token {
        requireName(name);
        if (hash.algorithm() != DigestAlgorithm.SHA256) {
            throw MalformedException.value("hash of a token", hash.toString(), "is not one of SHA-256");
        }
        scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
        if (scopes.size() > SCOPES_MAX) {
            throw new MalformedException("token has %d scopes, more than %d".formatted(scopes.size(), SCOPES_MAX));
        }
        scopes.forEach(Token::requireScope);
        created = created.truncatedTo(ChronoUnit.MICROS);
        expires = expires.truncatedTo(ChronoUnit.MICROS);
        revoked = revoked.map(time -> time.truncatedTo(ChronoUnit.MICROS));
    }

    static void requireName(String name) {
        if (name.length() > NAME_CHARACTERS_MAX || !NAME.matcher(name).matches()) {
            throw MalformedException.value(
                    "name of a token",
                    name,
                    "is not 1 to " + NAME_CHARACTERS_MAX
                            + " lower-case letters, digits, \"-\" and \".\" with a letter or digit at both ends");
        }
    }

    private static void requireScope(String scope) {
        boolean word = !scope.isEmpty()
                && scope.length() <= SCOPE_CHARACTERS_MAX
                && scope.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!word) {
            throw MalformedException.value(
                    "scope",
                    scope,
                    "is not 1 to %d printable ASCII characters without spaces".formatted(SCOPE_CHARACTERS_MAX));
        }
    }

    /// Whether it may be used at this time.
    public boolean isValidAt(Instant time) {
        return revoked.isEmpty() && time.isBefore(expires);
    }
}
