// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.format.KeyPublication;
import dev.chancery.formats.Formats;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Namespace;
import dev.chancery.key.SigningKey;
import dev.chancery.keys.handle.KeyMaker;
import dev.chancery.keys.handle.NewKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Makes an authority's keys and their public key file.
///
/// The caller publishes that file, and that is the commit point: a key whose public half was never published
/// has signed nothing that counts. So a birth that was interrupted is taken up where it stopped: keys that are
/// there are used.
public final class KeyBirth {
    /// What a new key shall be. `userId` names the authority in its OpenPGP certificate. Without a namespace a
    /// key has its format's default, if that has namespaces.
    public record Wish(
            FormatName format,
            KeyAlgorithm algorithm,
            Optional<Instant> expires,
            String userId,
            Optional<Namespace> namespace) {
        private Wish in(Optional<Namespace> other) {
            return new Wish(format, algorithm, expires, userId, other);
        }
    }

    /// A key and its public key file.
    public record Born(Key key, Bytes publicKeyFile) {}

    private final KeyMaker signing;
    private final KeyMaker primary;
    private final Formats formats;
    private final Clock clock;
    private final SecureRandom random;

    /// Signing keys and certify-only keys lie apart, so that the latter can be taken offline.
    public KeyBirth(Stores stores, Formats formats, Clock clock, SecureRandom random) {
        this.signing = stores.signing();
        this.primary = stores.primary();
        this.formats = formats;
        this.clock = clock;
        this.random = random;
    }

    /// Where new keys go: signing keys into files or a token, certify-only keys mostly into files.
    public record Stores(KeyMaker signing, KeyMaker primary) {}

    public Born make(Authority authority, Wish wanted) {
        var format = formats.get(wanted.format());
        var wish = wanted.in(namespace(format, wanted.namespace()));
        format.description().requireAlgorithm(wish.algorithm());
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Optional<KeyPublication.Certifier> certifier =
                format.description().publicKeys().certified()
                        ? Optional.of(new KeyPublication.Certifier(
                                take(primary, newKey(authority, wish, KeyPurpose.CERTIFY, now)), random))
                        : Optional.empty();
        var key = certified(format, take(signing, newKey(authority, wish, KeyPurpose.SIGN, now)));
        var file = format.signing().publish(new KeyPublication(key, certifier, wish.userId(), now));
        return new Born(key.key(), file);
    }

    /// With a certificate, in a format that has them; one that an interrupted birth left is used.
    private SigningKey certified(Formats.Format format, SigningKey key) {
        var certifying = format.signing().certifying();
        return certifying.isEmpty() || key.certificates().isPresent()
                ? key
                : signing.certify(key, certifying.get().selfSigned(key), random);
    }

    /// Written into the key also where it is the default, so that the key's file says what its signatures say.
    private static Optional<Namespace> namespace(Formats.Format format, Optional<Namespace> wanted) {
        var usual = format.signing().defaultNamespace();
        if (wanted.isPresent() && usual.isEmpty()) {
            throw new MalformedException(
                    "format %s has no namespaces".formatted(format.description().name()));
        }
        return wanted.or(() -> usual);
    }

    private static NewKey newKey(Authority authority, Wish wish, KeyPurpose purpose, Instant now) {
        var expires = purpose == KeyPurpose.SIGN ? wish.expires() : Optional.<Instant>empty();
        return new NewKey(authority, wish.format(), purpose, wish.algorithm(), now, expires, wish.namespace());
    }

    /// The key that an interrupted birth left, else a new one.
    private SigningKey take(KeyMaker store, NewKey wanted) {
        var there = store.keys().stream()
                .filter(key -> key.authority().equals(wanted.authority())
                        && key.format().equals(wanted.format())
                        && key.purpose() == wanted.purpose())
                .toList();
        if (there.isEmpty()) {
            return store.create(wanted, random);
        }
        Key left = there.getFirst();
        if (there.size() > 1 || !isLike(left, wanted)) {
            throw new RefusedException(
                    "key-exists",
                    "%s has another %s key already: %s".formatted(wanted.authority(), wanted.format(), left.id()));
        }
        return store.open(left.id());
    }

    private static boolean isLike(Key left, NewKey wanted) {
        return left.publicKey().scheme() == wanted.algorithm().scheme()
                && left.namespace().equals(wanted.namespace());
    }
}
