// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import dev.chancery.core.RefusedException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyPurpose;
import java.time.Instant;
import java.util.List;

/// Which of several keys would sign: the one of the authority and the format that can now, or the one that
/// was named. The engine chooses so, and whoever asks knows by the same choice what to measure.
public final class KeyChoice {
    private KeyChoice() {}

    /// Throws `RefusedException`: rules `no-key`, `key-expired`, and `key-choice` where there are several.
    public static Key of(List<Key> keys, SigningRequest.Target target, Instant now) {
        List<Key> candidates = keys.stream()
                .filter(key -> key.authority().equals(target.authority())
                        && key.format().equals(target.format())
                        && key.purpose() == KeyPurpose.SIGN
                        && target.key().map(key.id()::equals).orElse(true))
                .toList();
        List<Key> usable = candidates.stream()
                .filter(key -> !key.isExpiredAt(now) && !key.created().isAfter(now))
                .toList();
        if (usable.size() == 1) {
            return usable.getFirst();
        }
        throw refusal(target, candidates, usable);
    }

    private static RefusedException refusal(SigningRequest.Target target, List<Key> candidates, List<Key> usable) {
        String whose = "%s's %s".formatted(target.authority(), target.format());
        if (candidates.isEmpty()) {
            return new RefusedException("no-key", "there is no key for %s signatures".formatted(whose));
        }
        if (usable.isEmpty()) {
            return new RefusedException(
                    "key-expired", "no key for %s signatures can sign now: %s".formatted(whose, validity(candidates)));
        }
        return new RefusedException(
                "key-choice",
                "%d keys can make %s signatures; name one of %s"
                        .formatted(
                                usable.size(),
                                whose,
                                String.join(
                                        ", ",
                                        usable.stream()
                                                .map(key -> key.id().hex())
                                                .toList())));
    }

    private static String validity(List<Key> keys) {
        return String.join(
                ", ",
                keys.stream()
                        .map(key -> "%s was made at %s and expires %s"
                                .formatted(
                                        key.id().abbreviated(),
                                        key.created(),
                                        key.expires().map(end -> "at " + end).orElse("never")))
                        .toList());
    }
}
