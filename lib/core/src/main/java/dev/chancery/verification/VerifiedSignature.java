// SPDX-License-Identifier: Apache-2.0
package dev.chancery.verification;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.Predicate;
import dev.chancery.format.Timestamp;
import dev.chancery.format.Verdict;
import dev.chancery.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/// A signature that counts. Only [Verifier] makes these.
public final class VerifiedSignature implements Finding {
    private final String file;
    private final FormatName format;
    private final Verdict.Good verdict;

    VerifiedSignature(String file, FormatName format, Verdict.Good verdict) {
        this.file = file;
        this.format = format;
        this.verdict = verdict;
    }

    @Override
    public String file() {
        return file;
    }

    public FormatName format() {
        return format;
    }

    public Authority authority() {
        return verdict.authority();
    }

    public KeyId key() {
        return verdict.key();
    }

    /// When the signer says that it signed.
    public Optional<Instant> signedAt() {
        return verdict.signedAt();
    }

    /// What it says of the artifact, when it is a statement's; a signature over the artifact says nothing more.
    public Optional<Predicate> predicate() {
        return verdict.predicate();
    }

    /// What the timestamp beside it says of the time, where there is one.
    public Optional<Timestamp> timestamp() {
        return verdict.timestamp();
    }

    @Override
    public String toString() {
        return "%s by %s in %s".formatted(format, authority(), file);
    }
}
