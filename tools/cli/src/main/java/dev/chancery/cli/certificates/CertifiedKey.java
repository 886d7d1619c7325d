// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.certificates;

import dev.chancery.cli.office.Office;
import dev.chancery.core.Authority;
import dev.chancery.core.RefusedException;
import dev.chancery.format.CertifyingFormat;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyPurpose;

/// The key of an authority that has certificates, and the format that knows about them.
record CertifiedKey(Key key, CertifyingFormat format) {
    static CertifiedKey of(Office office, Authority authority) {
        var found = office.keys().stream()
                .filter(key -> key.authority().equals(authority) && key.purpose() == KeyPurpose.SIGN)
                .flatMap(key -> office.formats().get(key.format()).signing().certifying().stream()
                        .map(format -> new CertifiedKey(key, format)))
                .toList();
        if (found.isEmpty()) {
            throw new RefusedException(
                    "no-key", "authority %s has no key in a format with certificates".formatted(authority));
        }
        if (found.size() > 1) {
            throw new RefusedException(
                    "key-choice", "authority %s has %d keys with certificates".formatted(authority, found.size()));
        }
        return found.getFirst();
    }

    CertificateChain certificates(Office office) {
        return office.certificates(key)
                .orElseThrow(() -> new RefusedException(
                        "key-certificate", "key %s of %s has no certificate".formatted(key.id(), key.authority())));
    }
}
