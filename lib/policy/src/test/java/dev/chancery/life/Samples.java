// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import dev.chancery.core.Authority;
import dev.chancery.key.KeyId;
import dev.chancery.policy.Label;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

final class Samples {
    static final Authority QA = new Authority("qa");
    static final Cycle CYCLE =
            new Cycle(new Label("2027a"), Cycle.day("2027-01-01"), Cycle.day("2027-07-01"), Duration.ofDays(30));
    static final Fingerprint CERTIFICATE = fingerprint('C');

    private Samples() {}

    static Fingerprint fingerprint(char digit) {
        return new Fingerprint(String.valueOf(digit).repeat(40));
    }

    static KeyId key(char digit) {
        return new KeyId(String.valueOf(digit).repeat(64));
    }

    static Ledger ledger() {
        var first = new Ledger.Entry(
                key('1'),
                CERTIFICATE,
                CYCLE,
                Ledger.Uses.NONE
                        .published(CYCLE.publicationDue())
                        .activated(CYCLE.start())
                        .released(CYCLE.end()));
        var second = new Ledger.Entry(
                key('2'),
                CERTIFICATE,
                CYCLE.next(new Label("2027b")),
                Ledger.Uses.NONE.published(CYCLE.start()).activated(CYCLE.end()));
        var policy = new CertificationPolicy(1, new TreeSet<>(Set.of(fingerprint('A'), fingerprint('B'))));
        return new Ledger(
                QA,
                Profile.SUBKEY_PER_CYCLE,
                policy,
                List.of(first, second),
                Optional.of(
                        new Ledger.Signing(key('2'), Optional.of(second.cycle().expiry()))));
    }
}
