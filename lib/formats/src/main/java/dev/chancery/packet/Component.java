// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A part of a certificate (the primary key, a user ID, a subkey) with what binds and what revokes it.
record Component(List<SelfSignature> bindings, List<SelfSignature> revocations) {
    /// The newest binding that counts and was alive at a time; revocations are another question.
    Optional<SelfSignature> binding(Instant at) {
        return bindings.stream()
                .filter(binding -> binding.isAliveAt(at) && binding.counts())
                .max((one, other) -> one.created().compareTo(other.created()));
    }

    /// The revocation in force at a time. A hard one is in force always; a soft one from its creation on,
    /// unless a newer binding took the part into use again.
    Optional<SelfSignature> revocation(Instant at, Optional<SelfSignature> binding) {
        return inForce(at, binding).findFirst();
    }

    /// All of them.
    Stream<SelfSignature> inForce(Instant at, Optional<SelfSignature> binding) {
        return revocations.stream().filter(revocation -> isInForce(revocation, at, binding) && revocation.counts());
    }

    private static boolean isInForce(SelfSignature revocation, Instant at, Optional<SelfSignature> binding) {
        if (revocation.isHardRevocation()) {
            return true;
        }
        boolean outlived = binding.isPresent() && binding.get().created().isAfter(revocation.created());
        return revocation.isAliveAt(at) && !outlived;
    }

    /// The binding at a time, if nothing revokes it.
    Optional<SelfSignature> standing(Instant at) {
        var binding = binding(at);
        return revocation(at, binding).isPresent() ? Optional.empty() : binding;
    }
}
