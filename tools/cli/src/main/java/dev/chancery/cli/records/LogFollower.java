// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.log.Checkpoint;
import dev.chancery.log.LogPolicy;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.TreeAudit;
import dev.chancery.tree.TreeEdge;
import dev.chancery.tree.TreeHash;
import java.util.Optional;

/// Looks at a log again and again, and demands that it continues what it was. Memory is flat.
///
/// All that it needs of the last look is the checkpoint: the edge of that tree is read from the log's tiles,
/// and has to lead to the root that was signed then.
final class LogFollower {
    private final LogPlace log;
    private final LogPolicy policy;

    LogFollower(LogPlace log, LogPolicy policy) {
        this.log = log;
        this.policy = policy;
    }

    /// What a look found.
    sealed interface Seen {
        /// The checkpoint that is there now.
        SignedNote note();

        /// The log continues what it was; every new entry was shown.
        record Whole(SignedNote note, Checkpoint checkpoint, long before) implements Seen {}

        /// It does not. What was shown of it is nobody's word.
        record Broken(SignedNote note, String sentence) implements Seen {}
    }

    /// Looks, and shows the entries that came since the last look: all of them at the first.
    ///
    /// Throws `UnavailableException` when there is no checkpoint that the policy accepts, for that is what
    /// anybody on the way to the log can bring about, and when a file cannot be had.
    Seen look(Optional<SignedNote> last, TreeAudit.Entries entries) {
        SignedNote note;
        Checkpoint now;
        try {
            note = log.checkpoint();
            now = policy.open(note).checkpoint();
        } catch (MalformedException | RefusedException e) {
            throw new UnavailableException(
                    "log %s shows no checkpoint of that log now: %s".formatted(log.shown(), e.sentence()), e);
        }
        try {
            Checkpoint before = last.map(LogFollower::known).orElse(new Checkpoint(now.origin(), 0, TreeHash.empty()));
            requireContinued(before, now, entries);
            return new Seen.Whole(note, now, before.size());
        } catch (MalformedException | RefusedException e) {
            return new Seen.Broken(note, e.sentence());
        }
    }

    private static Checkpoint known(SignedNote note) {
        return Checkpoint.parse(note.text());
    }

    private void requireContinued(Checkpoint before, Checkpoint now, TreeAudit.Entries entries) {
        if (!now.origin().equals(before.origin())) {
            throw new RefusedException(
                    "log-fork",
                    "it is the log %s now, and was %s"
                            .formatted(Quoted.text(now.origin()), Quoted.text(before.origin())));
        }
        if (now.size() < before.size()) {
            throw new RefusedException(
                    "log-fork", "it has %d entries, and had %d".formatted(now.size(), before.size()));
        }
        var edge = before.size() == 0 ? TreeEdge.empty() : TreeEdge.open(before.size(), before.root(), log);
        TreeHash root = new TreeAudit(log, entries).resume(edge, now.size()).root();
        if (!root.equals(now.root())) {
            throw new RefusedException(
                    "log-fork",
                    "what it was and its new entries make the root %s of %d entries, and its checkpoint says %s"
                            .formatted(root, now.size(), now.root()));
        }
    }
}
