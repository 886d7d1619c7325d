// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.MalformedException;
import java.util.Arrays;
import java.util.Locale;

/// What an entry of the log is about.
public enum EntryKind {
    /// A signature over an artifact.
    SIGNATURE,
    /// An in-toto statement.
    STATEMENT,
    /// A signature over the payload of a tag.
    TAG,
    /// A key was made, certified or revoked.
    KEY,
    /// Signing rules changed.
    RULE,
    /// An approver's signature over a request.
    APPROVAL;

    public static EntryKind parse(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> MalformedException.value("kind of entry", label, "is not known"));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
