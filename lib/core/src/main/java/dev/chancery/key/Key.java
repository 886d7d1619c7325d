// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One private key of one authority, for one signature format, seen from outside: everything but the secret.
///
/// The creation time is part of an OpenPGP fingerprint, so it belongs to the key and is kept with its handle.
/// From `expires` on the key signs nothing more; what it signed before stays good.
///
/// @param namespace what all signatures by the key name, in a format that has such a thing; else absent
public record Key(
        Authority authority,
        FormatName format,
        KeyPurpose purpose,
        Instant created,
        Optional<Instant> expires,
        Optional<Namespace> namespace,
        PublicKey publicKey) {
    /// Seconds since 1970: what the four octets of an OpenPGP time hold.
    private static final long SECONDS_MAX = 0xffff_ffffL;

    public Key {
        requireWholeSecond("creation", created);
        expires.ifPresent(end -> {
            requireWholeSecond("expiry", end);
            if (!end.isAfter(created)) {
                throw new MalformedException("key expires at %s, not after its creation at %s".formatted(end, created));
            }
        });
    }

    private static void requireWholeSecond(String subject, Instant time) {
        if (time.getEpochSecond() < 0 || time.getEpochSecond() > SECONDS_MAX || time.getNano() != 0) {
            throw new MalformedException(
                    "key %s time %s is not a whole second from 1970 to 2106".formatted(subject, time));
        }
    }

    /// By hand, as everywhere on the way of signing: what the JVM makes for a record is not in the start-up cache.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Key that
                && authority.equals(that.authority)
                && format.equals(that.format)
                && purpose == that.purpose
                && created.equals(that.created)
                && expires.equals(that.expires)
                && namespace.equals(that.namespace)
                && publicKey.equals(that.publicKey);
    }

    @Override
    public int hashCode() {
        return publicKey.hashCode();
    }

    public boolean isExpiredAt(Instant time) {
        return expires.isPresent() && !time.isBefore(expires.get());
    }

    public KeyId id() {
        return publicKey.id();
    }
}
