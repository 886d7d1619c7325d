// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.witness;

import dev.chancery.core.Bytes;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.log.AddCheckpoint;
import dev.chancery.log.Checkpoint;
import dev.chancery.log.WitnessDecision;
import dev.chancery.log.WitnessedLog;
import dev.chancery.note.NoteSignature;
import dev.chancery.note.NoteSigner;
import dev.chancery.note.SignedNote;
import dev.chancery.note.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// What a witness knows of one log. For many threads, which take turns.
final class Book {
    private final String name;
    private final StateDirectory state;
    private final NoteSigner signer;
    private final ReentrantLock turn = new ReentrantLock(true);
    /// Both change under the turn's lock, after the file did.
    private WitnessedLog known;

    private volatile Optional<SignedNote> latest;

    /// Opens it with what is stored. Throws `RefusedException` (`witness-state`) when that is not this
    /// witness's.
    Book(String origin, List<VerifierKey> keys, StateDirectory state, NoteSigner signer) {
        this.name = nameOf(origin);
        this.state = state;
        this.signer = signer;
        this.latest = state.read(name);
        var unseen = WitnessedLog.unseen(keys);
        this.known = latest.map(note -> unseen.at(own(origin, note))).orElse(unseen);
    }

    /// SHA-256 of the origin, in hex.
    static String nameOf(String origin) {
        try {
            byte[] utf8 = origin.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Checkpoint own(String origin, SignedNote note) {
        boolean cosigned = !note.open(List.of(signer.key())).signers().isEmpty();
        var checkpoint = Checkpoint.parse(note.text());
        if (!cosigned || !checkpoint.origin().equals(origin)) {
            throw new RefusedException(
                    "witness-state",
                    "the state %s of log %s does not bear the cosignature of %s: it is another witness's"
                            .formatted(
                                    name,
                                    Quoted.text(origin),
                                    Quoted.text(signer.key().name().text())));
        }
        return checkpoint;
    }

    String name() {
        return name;
    }

    /// What was cosigned last.
    Optional<SignedNote> latest() {
        return latest;
    }

    /// Decides on a request, remembers what it decided, and only then cosigns.
    Reply answer(Bytes body, InstantSource clock) {
        turn.lock();
        try {
            var decision = WitnessDecision.on(body, origin -> Optional.of(known));
            return decision instanceof WitnessDecision.Cosign(var checkpoint)
                    ? new Reply(
                            decision,
                            Optional.of(cosigned(AddCheckpoint.parse(body).note(), checkpoint, clock)))
                    : new Reply(decision, Optional.empty());
        } finally {
            turn.unlock();
        }
    }

    private NoteSignature cosigned(SignedNote note, Checkpoint checkpoint, InstantSource clock) {
        var cosignature = signer.cosign(note.text(), clock.instant());
        if (latest.isEmpty() || checkpoint.size() != known.size()) {
            var kept = new SignedNote(
                            note.text(),
                            note.signatures().stream().filter(this::isOfTheLog).toList())
                    .with(List.of(cosignature));
            // The commit point: from here on this tree is what the next one has to continue.
            state.write(name, kept);
            known = known.at(checkpoint);
            latest = Optional.of(kept);
        }
        return cosignature;
    }

    /// Others' cosignatures come and go with whoever asks, and are not ours to hand out.
    private boolean isOfTheLog(NoteSignature signature) {
        return known.keys().stream()
                .anyMatch(key -> key.name().equals(signature.name()) && key.id() == signature.keyId());
    }
}
