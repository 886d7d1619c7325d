// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.core.Signature;
import dev.chancery.format.TimestampedFormat;
import dev.chancery.hashing.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What happens to signatures that came back, before anything is written: they are checked, and stamped.
record Arriving(Arrival arrival, Signing.Stamp stamp, boolean receipts) {
    Arrived all(Prepared prepared, List<Wanted> wanted, List<Signer.Result> results) {
        var done = new ArrayList<Arrived.Done>();
        for (int i = 0; i < wanted.size(); i++) {
            switch (results.get(i)) {
                case Signer.Result.Failed failed -> {
                    return new Arrived(List.of(), Optional.of(failed));
                }
                case Signer.Result.Done one ->
                    done.add(checked(
                            wanted.get(i), one, prepared.requests().get(i).content()));
            }
        }
        return new Arrived(done, Optional.empty());
    }

    private Arrived.Done checked(Wanted wanted, Signer.Result.Done one, Measured content) {
        var signature = one.signature();
        arrival.check(wanted.key(), signature, content);
        if (one.logged().isPresent()) {
            var logged = one.logged().get();
            var file = new Signature(signature.format(), signature.encoding(), logged.file());
            return new Arrived.Done(stamped(wanted, file), receipts ? Optional.of(logged.receipt()) : Optional.empty());
        }
        return new Arrived.Done(stamped(wanted, signature), Optional.empty());
    }

    private Signature stamped(Wanted wanted, Signature signature) {
        return wanted.format().verifying() instanceof TimestampedFormat format
                ? stamp.at(signature, format)
                : signature;
    }
}
