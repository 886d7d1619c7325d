// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.Salt;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The salts that were issued and not yet used: each is for one asker, for one signature, and for a time.
///
/// Kept in memory: after a restart every salt is unknown, and its content has to be hashed again. Guarded by
/// itself. Only who may ask for signatures gets a salt, so the number of askers is bounded by the rules.
final class Salts {
    /// Salts that one asker may have outstanding: as many as requests that a peer may have on the way.
    static final int OUTSTANDING_MAX = 4_000;

    /// How long a salt can be used: a content of 1 TiB at 100 MB/s takes three hours to be hashed.
    static final Duration LIFE = Duration.ofHours(6);

    /// Who asked, and who asked for him.
    private record Whose(Requester requester, Optional<Requester> voucher) {
        Whose(Asker asker) {
            this(asker.requester(), asker.voucher());
        }
    }

    /// Each asker's salts in the order in which they end, with that time.
    private final Map<Whose, Map<Salt, Instant>> outstanding = new HashMap<>();

    /// All or none. Throws `UnavailableException` while the asker would have too many that he has not used,
    /// and says until when.
    synchronized void issue(Asker asker, List<Salt> salts, Instant now) {
        var mine = outstanding.computeIfAbsent(new Whose(asker), whose -> new LinkedHashMap<>());
        forget(mine, now);
        int over = mine.size() + salts.size() - OUTSTANDING_MAX;
        if (over > 0) {
            var wait = Duration.between(
                    now, mine.values().stream().skip(over - 1L).findFirst().orElse(now.plus(LIFE)));
            throw UnavailableException.tooMany(
                    "requester %s has %d salts that were not used, and may have %d; room for %d more in %d s"
                            .formatted(asker.requester(), mine.size(), OUTSTANDING_MAX, salts.size(), wait.toSeconds()),
                    wait);
        }
        salts.forEach(salt -> mine.put(salt, now.plus(LIFE)));
    }

    /// Those that end first stand first.
    private static void forget(Map<Salt, Instant> salts, Instant now) {
        var ends = salts.values().iterator();
        while (ends.hasNext() && !now.isBefore(ends.next())) {
            ends.remove();
        }
    }

    /// Uses a salt up, whatever comes of it. Throws `RefusedException` for one that this asker was not
    /// issued, has used, or that has expired.
    synchronized void take(Asker asker, Salt salt, Instant now) {
        var mine = outstanding.getOrDefault(new Whose(asker), Map.of());
        var end = mine.containsKey(salt) ? mine.remove(salt) : null;
        if (end == null || !now.isBefore(end)) {
            throw new RefusedException(
                    "salt",
                    "salt %s was not issued to requester %s within the last %d hours, or was used before"
                            .formatted(salt.hex(), asker.requester(), LIFE.toHours()));
        }
    }
}
