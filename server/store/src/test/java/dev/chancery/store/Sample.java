// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Requester;
import dev.chancery.key.KeyId;
import dev.chancery.store.ledger.Appended;
import dev.chancery.store.ledger.EntryFacts;
import dev.chancery.store.ledger.EntryKind;
import dev.chancery.store.ledger.Item;
import dev.chancery.store.ledger.Leaf;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.store.ledger.NewEntry;
import dev.chancery.store.ledger.Subject;
import dev.chancery.store.ledger.Submission;
import dev.chancery.store.request.Claim;
import dev.chancery.store.request.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Entries that can be told apart.
public final class Sample {
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456Z");

    private Sample() {}

    public static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Digest sha256(String text) {
        return digest(DigestAlgorithm.SHA256, text);
    }

    public static Digest digest(DigestAlgorithm algorithm, String text) {
        try {
            return new Digest(
                    algorithm,
                    MessageDigest.getInstance(algorithm.standardName()).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public static KeyId key(String authority) {
        return new KeyId(sha256("key of " + authority).hex());
    }

    /// The signature of an authority over an artifact.
    public static NewEntry signature(String authority, String artifact) {
        return signature(authority, artifact, 0);
    }

    /// One of several, which differ in their leaves.
    public static NewEntry signature(String authority, String artifact, int number) {
        var facts = new EntryFacts(
                EntryKind.SIGNATURE,
                Optional.of(new Authority(authority)),
                Optional.of(new FormatName("openpgp")),
                Optional.of(Encoding.BINARY),
                Optional.of(key(authority)),
                Optional.of(new Requester("token:ci")),
                NOW);
        var subject = new Subject(
                sha256(artifact),
                Optional.of(digest(DigestAlgorithm.SHA512, artifact)),
                new ArtifactName(artifact),
                Optional.of((long) artifact.length()));
        return entry(
                "leaf of " + authority + " over " + artifact + (number == 0 ? "" : number), facts, List.of(subject));
    }

    public static NewEntry entry(String leaf, EntryFacts facts, List<Subject> subjects) {
        return new NewEntry(Leaf.hash(bytes(leaf)), bytes(leaf), facts, subjects, bytes("blob of " + leaf));
    }

    /// An entry about nothing that can be found.
    public static NewEntry bare(String leaf) {
        var facts = new EntryFacts(
                EntryKind.RULE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW);
        return entry(leaf, facts, List.of());
    }

    public static Submission submission(Item... items) {
        return new Submission(Optional.empty(), List.of(items));
    }

    public static Submission submission(Claim claim, Item... items) {
        return new Submission(Optional.of(claim), List.of(items));
    }

    /// Appends each as a submission of its own, in one batch, and returns their indexes.
    public static List<Long> append(Ledger ledger, Item... items) {
        var batch = Arrays.stream(items).map(Sample::submission).toList();
        var indexes = new ArrayList<Long>();
        ledger.append(batch).forEach(appended -> indexes.add(index(appended)));
        return indexes;
    }

    private static long index(Appended appended) {
        return switch (appended) {
            case Appended.Done(var outcomes)
            when outcomes.getFirst() instanceof Outcome.Logged(long index, boolean repeated) -> index;
            default -> throw new AssertionError(appended.toString());
        };
    }
}
