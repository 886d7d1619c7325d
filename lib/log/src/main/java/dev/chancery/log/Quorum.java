// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import dev.chancery.note.VerifierKey;
import java.util.List;
import java.util.Set;

/// Which witnesses are enough.
public sealed interface Quorum {
    /// "A policy without witness cosigning".
    record None() implements Quorum {}

    /// One witness; its name means nothing outside of the policy.
    record Witness(String name, VerifierKey key) implements Quorum {}

    /// "At least k of its n members have witnessed that checkpoint".
    record Group(String name, int threshold, List<Quorum> members) implements Quorum {
        public Group {
            members = List.copyOf(members);
        }
    }

    /// How it is referred to.
    default String label() {
        return switch (this) {
            case None none -> LogPolicyText.NONE;
            case Witness witness -> witness.name();
            case Group group -> group.name();
        };
    }

    /// Whether these keys, which cosigned, are enough.
    default boolean isMetBy(Set<VerifierKey> cosigners) {
        return switch (this) {
            case None none -> true;
            case Witness witness -> cosigners.contains(witness.key());
            case Group group ->
                group.members().stream()
                                .filter(member -> member.isMetBy(cosigners))
                                .count()
                        >= group.threshold();
        };
    }
}
