// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.publication;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.packet.Certificate;
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketVersion;
import dev.chancery.server.http.HttpProblem;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.ProblemType;
import dev.chancery.server.keyring.PublishedCertificate;
import dev.chancery.server.keyring.PublishedKeyring;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Finds certificates among those that are handed out.
final class Lookup {
    /// Characters of what is searched for: those of the longest user ID.
    static final int SEARCH_CHARACTERS_MAX = 255;

    private static final Pattern HANDLE = Pattern.compile("(?:[0-9A-F]{16}|[0-9A-F]{40}|[0-9A-F]{64})");

    private final PublishedKeyring keyring;
    private final InstantSource clock;

    Lookup(PublishedKeyring keyring, InstantSource clock) {
        this.keyring = keyring;
        this.clock = clock;
    }

    /// A certificate with what it says of itself now.
    record Found(PublishedCertificate published, List<Certificate.KeyFacts> keys, List<Certificate.UserFacts> users) {
        Certificate.KeyFacts primary() {
            return keys.getFirst();
        }

        boolean isGood(Instant now) {
            return primary().state() == Certificate.State.GOOD
                    && primary().expires().map(now::isBefore).orElse(true);
        }
    }

    Instant now() {
        return clock.instant();
    }

    private Found found(PublishedCertificate published) {
        Instant now = now();
        return new Found(
                published,
                published.certificate().keys(now),
                published.certificate().users(now));
    }

    /// A fingerprint, or a key ID of 16 digits, in upper case.
    static String handle(String hex) {
        String upper = hex.toUpperCase(Locale.ROOT);
        if (!HANDLE.matcher(upper).matches()) {
            throw MalformedException.value(
                    "key", hex, "is not a fingerprint of 40 or 64 hexadecimal digits, nor a key ID of 16");
        }
        return upper;
    }

    /// By a key of its: the primary key, or a bound subkey.
    List<Found> byHandle(String handle) {
        return keyring.certificates().stream()
                .filter(one -> one.certificate().hasKey(handle))
                .map(this::found)
                .filter(one -> one.keys().stream()
                        .anyMatch(key -> key.fingerprintText().equals(handle)
                                || key.keyIdText().equals(handle)))
                .toList();
    }

    /// By the address of a user ID that is not revoked, whatever the case of its letters.
    List<Found> byAddress(String address) {
        String wanted = address.toLowerCase(Locale.ROOT);
        return byUser(text -> Addresses.of(text).filter(wanted::equals).isPresent());
    }

    /// Whose user ID has these words in it, for people.
    List<Found> byWords(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        return byUser(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    List<Found> byUser(Predicate<String> wanted) {
        Instant now = now();
        var all = keyring.certificates().stream()
                .map(this::found)
                .filter(one -> one.users().stream()
                        .anyMatch(user -> user.state() == Certificate.State.GOOD && wanted.test(user.text())))
                .sorted(Comparator.<Found, Boolean>comparing(one -> !one.isGood(now))
                        .thenComparing(one -> one.primary().created(), Comparator.reverseOrder()))
                .toList();
        boolean classic = all.stream().anyMatch(one -> one.published().version() == PacketVersion.V4);
        return all.stream()
                .filter(one -> !classic || one.published().version() == PacketVersion.V4)
                .toList();
    }

    /// All of them one behind the other.
    static Bytes packets(List<Found> found) {
        var octets = new Octets();
        found.forEach(one -> octets.octets(one.published().packets().toArray()));
        return Bytes.of(octets.toArray());
    }

    static <T> List<T> some(List<T> found) {
        if (found.isEmpty()) {
            throw notFound();
        }
        return found;
    }

    static HttpProblem notFound() {
        return new HttpProblem(Problem.of(ProblemType.NOT_FOUND, "There is no such certificate here"));
    }

    static String searched(Optional<String> text) {
        String search = text.orElseThrow(() -> new MalformedException("the query lacks the parameter search"));
        if (search.isBlank() || search.length() > SEARCH_CHARACTERS_MAX) {
            throw new MalformedException("search has %d characters, not 1 to %d, or none that is seen"
                    .formatted(search.length(), SEARCH_CHARACTERS_MAX));
        }
        return search;
    }
}
