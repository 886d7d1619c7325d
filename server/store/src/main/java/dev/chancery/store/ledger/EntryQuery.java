// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.Authority;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/// Which entries are wanted, and in which order. All conditions hold; without any it is all entries.
///
/// @param artifact the SHA-256 of a subject
/// @param from entries logged at this time or later
/// @param until entries logged before this time
/// @param newestFirst by descending index, else by ascending
public record EntryQuery(
        Optional<Digest> artifact,
        Optional<KeyId> key,
        Optional<Authority> authority,
        Optional<Instant> from,
        Optional<Instant> until,
        boolean newestFirst) {
    public EntryQuery {
        artifact.ifPresent(digest -> Subject.require(digest, DigestAlgorithm.SHA256));
    }

    /// All entries, the oldest first.
    public static EntryQuery all() {
        return new EntryQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /// The same entries, the newest first.
    public EntryQuery backwards() {
        return new EntryQuery(artifact, key, authority, from, until, true);
    }

    public EntryQuery ofArtifact(Digest sha256) {
        return new EntryQuery(Optional.of(sha256), key, authority, from, until, newestFirst);
    }

    public EntryQuery ofKey(KeyId id) {
        return new EntryQuery(artifact, Optional.of(id), authority, from, until, newestFirst);
    }

    public EntryQuery ofAuthority(Authority name) {
        return new EntryQuery(artifact, key, Optional.of(name), from, until, newestFirst);
    }

    public EntryQuery loggedFrom(Instant time) {
        return new EntryQuery(artifact, key, authority, Optional.of(time), until, newestFirst);
    }

    public EntryQuery loggedBefore(Instant time) {
        return new EntryQuery(artifact, key, authority, from, Optional.of(time), newestFirst);
    }
}
