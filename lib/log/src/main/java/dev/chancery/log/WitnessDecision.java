// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.tree.ConsistencyProof;
import dev.chancery.tree.TreeHash;
import java.util.Optional;
import java.util.function.Function;

/// What a witness answers (C2SP `tlog-witness`, "add-checkpoint"), as a function of what it knows.
public sealed interface WitnessDecision {
    /// The HTTP status.
    int status();

    /// 200: store the checkpoint as the latest, then answer with a cosignature over its text.
    record Cosign(Checkpoint checkpoint) implements WitnessDecision {
        @Override
        public int status() {
            return 200;
        }
    }

    /// 400: the body is none, or its old size is larger than the checkpoint's.
    record Malformed(String sentence) implements WitnessDecision {
        @Override
        public int status() {
            return 400;
        }
    }

    /// 403: no signature by a key of the log, or one that does not hold.
    record Forbidden(String sentence) implements WitnessDecision {
        @Override
        public int status() {
            return 403;
        }
    }

    /// 404: a log that this witness does not know.
    record UnknownLog(String origin) implements WitnessDecision {
        @Override
        public int status() {
            return 404;
        }
    }

    /// 409: the old size is not that of the latest cosigned checkpoint, which is the answer's body, in
    /// decimal and with a line feed, of the type [#CONTENT_TYPE].
    record Conflict(long size) implements WitnessDecision {
        public static final String CONTENT_TYPE = "text/x.tlog.size";

        @Override
        public int status() {
            return 409;
        }
    }

    /// 409, too, but without a size: a tree of the size that was cosigned, with another root. It is evidence against
    /// the log.
    record OtherRoot(String sentence) implements WitnessDecision {
        @Override
        public int status() {
            return 409;
        }
    }

    /// 422: the proof is wrong. It may be evidence against the log.
    record Inconsistent(String sentence) implements WitnessDecision {
        @Override
        public int status() {
            return 422;
        }
    }

    /// Decides. The caller must store what a [Cosign] says before it answers, and nobody else in between.
    static WitnessDecision on(Bytes body, Function<String, Optional<WitnessedLog>> byOrigin) {
        AddCheckpoint request;
        Checkpoint checkpoint;
        try {
            request = AddCheckpoint.parse(body);
            checkpoint = Checkpoint.parse(request.note().text());
        } catch (MalformedException e) {
            return new Malformed(e.sentence());
        }
        return byOrigin.apply(checkpoint.origin())
                .map(known -> decide(request, checkpoint, known))
                .orElseGet(() -> new UnknownLog(checkpoint.origin()));
    }

    private static WitnessDecision decide(AddCheckpoint request, Checkpoint checkpoint, WitnessedLog known) {
        try {
            if (request.note().open(known.keys()).signers().isEmpty()) {
                return new Forbidden(
                        "no key of the log %s signed the checkpoint".formatted(Quoted.text(checkpoint.origin())));
            }
        } catch (RefusedException e) {
            return new Forbidden(e.sentence());
        }
        // "The old size MUST be equal to or lower than the checkpoint size."
        if (request.oldSize() > checkpoint.size()) {
            return new Malformed(
                    "old size %d is larger than the checkpoint's %d".formatted(request.oldSize(), checkpoint.size()));
        }
        // "The witness MUST check that the old size matches the size of the latest checkpoint it cosigned"
        if (request.oldSize() != known.size()) {
            return new Conflict(known.size());
        }
        // "If the old size matches the checkpoint size, the witness MUST check that the root hashes are also
        // identical."
        if (known.size() > 0
                && checkpoint.size() == known.size()
                && !checkpoint.root().equals(known.root())) {
            return new OtherRoot("the tree of %d entries that was cosigned has root %s, not %s"
                    .formatted(known.size(), known.root(), checkpoint.root()));
        }
        // "A checkpoint of size zero MUST have the root hash of the empty tree"; "If the proof is not empty when the
        // old size is zero, or if a Merkle Consistency Proof doesn't verify"
        try {
            TreeHash oldRoot = known.size() == 0 ? TreeHash.empty() : known.root();
            new ConsistencyProof(known.size(), checkpoint.size(), request.path()).verify(oldRoot, checkpoint.root());
        } catch (RefusedException e) {
            return new Inconsistent(e.sentence());
        }
        return new Cosign(checkpoint);
    }
}
