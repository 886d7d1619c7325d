// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.signing;

import dev.chancery.key.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What somebody has to do about the keys of enclaves before signatures are refused. In whole sentences.
public final class KeyWarnings {
    /// From here on an end is near: the overlap of a key with cycles, where nobody chose another one.
    public static final Duration NEAR = Duration.ofDays(30);

    private KeyWarnings() {}

    /// Of keys that end soon while no other key of their authority and format goes on, and of authorities and formats
    /// all of
    /// whose keys have ended.
    public static List<String> of(List<Key> keys, Instant now) {
        var groups = new LinkedHashMap<String, List<Key>>();
        for (var key : keys) {
            groups.computeIfAbsent("%s's %s".formatted(key.authority(), key.format()), whose -> new ArrayList<>())
                    .add(key);
        }
        var warnings = new ArrayList<String>();
        groups.forEach((whose, group) -> {
            Instant last = Instant.MIN;
            for (var key : group) {
                Instant end = key.expires().orElse(Instant.MAX);
                last = end.isAfter(last) ? end : last;
            }
            if (!now.isBefore(last)) {
                warnings.add("no key makes %s signatures: the last one expired at %s".formatted(whose, last));
            } else if (!last.isAfter(now.plus(NEAR))) {
                warnings.add("the key for %s signatures expires in %d days, at %s"
                        .formatted(whose, Duration.between(now, last).toDays(), last));
            }
        });
        return warnings;
    }
}
