// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import dev.chancery.cli.remote.ServerRecords;
import dev.chancery.cli.resigning.FoundEntries.Found;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.entry.HashedRekord;
import dev.chancery.entry.KeyEntry;
import dev.chancery.entry.SignatureEntry;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Puts to the entries of a log what the server knows beside them: an entry of Rekor's form has neither name nor time.
final class OldSignatures {
    private static final FormatName STATEMENT = new FormatName("statement");

    private final KeyId old;
    private final Bounds bounds;
    private final Optional<ServerRecords> records;

    OldSignatures(KeyId old, Bounds bounds, Optional<ServerRecords> records) {
        this.old = old;
        this.bounds = bounds;
        this.records = records;
    }

    List<OldSignature> of(FoundEntries found) {
        var all = new ArrayList<OldSignature>();
        Map<Long, ServerRecords.Recorded> recorded = Map.of();
        boolean asked = false;
        for (Found one : found.signed()) {
            switch (one.entry()) {
                case SignatureEntry entry -> all.add(of(one, entry, found.again(one)));
                case HashedRekord entry -> {
                    if (!asked) {
                        recorded = recorded();
                        asked = true;
                    }
                    var known = recorded.get(one.index());
                    if (known == null || !known.leaf().equals(one.leaf())) {
                        throw new UnavailableException(
                                "the server does not have entry %d of the log on record".formatted(one.index()));
                    }
                    if (bounds.has(known.signedAt())) {
                        all.add(of(one, entry, known, found.again(one)));
                    }
                }
                case KeyEntry key -> {
                    // Nothing was signed.
                }
            }
        }
        return all;
    }

    private Map<Long, ServerRecords.Recorded> recorded() {
        return records.orElseThrow(() -> new RefusedException(
                        "server-needed",
                        "the log does not say what sigstore bundles are called, and only a server knows; name it with"
                                + " --server"))
                .by(old);
    }

    private static OldSignature of(Found found, SignatureEntry entry, Optional<Long> again) {
        var signed = entry.signed();
        var digests = new HashMap<>(Map.of(DigestAlgorithm.SHA256, signed.sha256()));
        signed.sha512().ifPresent(digest -> digests.put(DigestAlgorithm.SHA512, digest));
        var by = entry.by();
        return new OldSignature(
                new OldSignature.Place(found.index(), found.leaf()),
                new OldSignature.How(by.authority(), by.format(), by.encoding()),
                signed.artifact().name(),
                signed.sha256(),
                Optional.of(Measured.of(signed.artifact().size(), digests, Map.of(), Optional.empty())),
                again);
    }

    private static OldSignature of(
            Found found, HashedRekord entry, ServerRecords.Recorded recorded, Optional<Long> again) {
        var subject = recorded.subjects().getFirst();
        boolean statement = recorded.format().equals(STATEMENT);
        if (!statement && !entry.digest().equals(subject.sha256())) {
            throw new UnavailableException(
                    "the server has another artifact at entry %d than the log".formatted(found.index()));
        }
        return new OldSignature(
                new OldSignature.Place(found.index(), found.leaf()),
                new OldSignature.How(recorded.authority(), recorded.format(), recorded.encoding()),
                subject.name(),
                subject.sha256(),
                statement ? Optional.empty() : Optional.of(measured(entry, subject.size())),
                again);
    }

    private static Measured measured(HashedRekord entry, OptionalLong size) {
        var digests = Map.of(DigestAlgorithm.SHA256, entry.digest());
        return size.isPresent()
                ? Measured.of(size.getAsLong(), digests, Map.of(), Optional.empty())
                : Measured.ofDigests(digests);
    }
}
