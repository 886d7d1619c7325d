// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.witness;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.log.AddCheckpoint;
import dev.chancery.log.Checkpoint;
import dev.chancery.log.WitnessDecision;
import dev.chancery.note.KeyType;
import dev.chancery.note.NoteSigner;
import dev.chancery.note.SignedNote;
import dev.chancery.note.VerifierKey;
import dev.chancery.server.log.LogKey;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A witness with its key and its memory. It knows no HTTP. For many threads.
public final class Witness implements AutoCloseable {
    private final NoteSigner signer;
    private final InstantSource clock;
    private final StateDirectory state;
    private final Map<String, Book> books = new HashMap<>();

    private Witness(WitnessConfiguration configuration, NoteSigner signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
        this.state = StateDirectory.open(configuration.kept().state());
        var keys = new LinkedHashMap<String, List<VerifierKey>>();
        configuration
                .logs()
                .forEach(log -> keys.computeIfAbsent(log.name().text(), name -> new ArrayList<>())
                        .add(log));
        try {
            keys.forEach((origin, known) -> books.put(origin, new Book(origin, known, state, signer)));
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /// Opens a witness; makes its key and its state at the first start.
    ///
    /// Throws `RefusedException` (`witness-state`) when key and state do not belong together,
    /// `UnavailableException` when another process has them, and what [LogKey#read(java.nio.file.Path,
    /// dev.chancery.note.KeyName)] throws.
    public static Witness open(WitnessConfiguration configuration, InstantSource clock, SecureRandom random) {
        var kept = configuration.kept();
        StateDirectory.makeWithout(kept.key(), kept.state());
        if (!Files.exists(kept.key())) {
            LogKey.make(kept.key(), random);
        }
        var signer = LogKey.read(kept.key(), configuration.name(), KeyType.ED25519_COSIGNATURE);
        return new Witness(configuration, signer, clock);
    }

    /// What verifies its cosignatures.
    public VerifierKey key() {
        return signer.key();
    }

    /// Answers a request. The state is durable when it returns.
    ///
    /// Throws `UnavailableException` when it could not be made so; nothing was cosigned then.
    public Reply addCheckpoint(Bytes body) {
        var book = originOf(body).flatMap(origin -> Optional.ofNullable(books.get(origin)));
        return book.isPresent()
                ? book.get().answer(body, clock)
                : new Reply(WitnessDecision.on(body, origin -> Optional.empty()), Optional.empty());
    }

    /// Only to find the book: the decision reads the body for itself.
    private static Optional<String> originOf(Bytes body) {
        try {
            return Optional.of(
                    Checkpoint.parse(AddCheckpoint.parse(body).note().text()).origin());
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /// The last checkpoint of the log whose origin has this SHA-256, in hex.
    Optional<SignedNote> latest(String log) {
        return books.values().stream()
                .filter(book -> book.name().equals(log))
                .findFirst()
                .flatMap(Book::latest);
    }

    @Override
    public void close() {
        state.close();
    }
}
