// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.log;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Requester;
import dev.chancery.store.ledger.EntryFacts;
import dev.chancery.store.ledger.EntryKind;
import dev.chancery.store.ledger.NewEntry;
import dev.chancery.store.ledger.Subject;
import dev.chancery.store.ledger.Submission;
import dev.chancery.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Entries for a log, whose leaves are texts.
public final class TestEntries {
    private TestEntries() {}

    static NewEntry entry(String text) {
        var leaf = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
        var digest = new Digest(DigestAlgorithm.SHA256, TreeHash.leaf(leaf).toArray());
        var facts = new EntryFacts(
                EntryKind.SIGNATURE,
                Optional.of(new Authority("qa")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Requester("token:ci")),
                Instant.parse("2026-03-01T00:00:00Z"));
        var subject = new Subject(digest, Optional.empty(), new ArtifactName("a.jar"), Optional.empty());
        return new NewEntry(Bytes.of(TreeHash.leaf(leaf).toArray()), leaf, facts, List.of(subject), leaf);
    }

    public static Submission one(String text) {
        return new Submission(Optional.empty(), List.of(entry(text)));
    }
}
