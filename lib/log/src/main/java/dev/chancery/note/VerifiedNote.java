// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The text of a note, and who of those that were known signed it. Only [SignedNote#open] makes one.
public final class VerifiedNote {
    /// A key whose signature holds, and for a cosignature its time.
    public record Signer(VerifierKey key, Optional<Instant> time) {}

    private final String text;
    private final List<Signer> signers;

    VerifiedNote(String text, List<Signer> signers) {
        this.text = text;
        this.signers = List.copyOf(signers);
    }

    public String text() {
        return text;
    }

    /// In the order of the lines; empty when no known key signed.
    public List<Signer> signers() {
        return signers;
    }
}
