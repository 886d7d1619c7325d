// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.Authority;
import dev.chancery.core.RefusedException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An office at one moment, by the steps that change it.
public record LifeOffice(Office office, Instant now, Steps steps, SecureRandom random) {
    /// On the disk, with the time cut to whole seconds, as OpenPGP has them.
    public static LifeOffice of(Office office, Instant now) {
        office.requireMade();
        return new LifeOffice(office, KeyLife.seconds(now), Steps.onDisk(), new SecureRandom());
    }

    public List<Authority> authorities() {
        return LifeDirectory.authorities(office.lifeDirectory());
    }

    LifeDirectory directory(Authority authority) {
        return new LifeDirectory(office.lifeDirectory(), authority, steps);
    }

    /// Empty for an authority whose keys have no cycles.
    public Optional<KeyLife> find(Authority authority) {
        var directory = directory(authority);
        return directory.ledger().map(ledger -> new KeyLife(this, directory, ledger));
    }

    public KeyLife life(Authority authority) {
        return find(authority)
                .orElseThrow(() -> new HintedException(
                        new RefusedException("no-life", "the keys of %s have no cycles".formatted(authority)),
                        "'chancery key create %s --cycle NAME --start DATE --end DATE' begins the first"
                                .formatted(authority)));
    }
}
