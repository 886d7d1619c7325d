// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.signing;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import dev.chancery.key.KeyPurpose;
import dev.chancery.protocol.EnclaveClient;
import dev.chancery.protocol.Question;
import dev.chancery.protocol.Reply;
import dev.chancery.protocol.SigningRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The connection to one enclave, made again when it broke.
final class EnclaveLink {
    private record Connected(EnclaveClient client, List<Key> keys) {}

    private final Path socket;
    /// Held by whoever connects.
    private final ReentrantLock connecting = new ReentrantLock();
    /// Set under the lock, and to null by whoever found it broken.
    private final AtomicReference<@Nullable Connected> connected = new AtomicReference<>();

    EnclaveLink(Path socket) {
        this.socket = socket;
    }

    /// The keys of the enclave; none while it does not answer.
    List<Key> keys() {
        try {
            return connected().keys();
        } catch (ChanceryException e) {
            return List.of();
        }
    }

    /// Why it does not answer; empty when it does.
    Optional<String> fault() {
        try {
            connected();
            return Optional.empty();
        } catch (ChanceryException e) {
            return Optional.of(e.sentence());
        }
    }

    List<String> faults() {
        try {
            var faults = new ArrayList<String>();
            for (var key : connected().client().health().keys()) {
                key.fault()
                        .ifPresent(fault -> faults.add(
                                "key %s of %s: %s".formatted(key.key().abbreviated(), key.authority(), fault)));
            }
            return faults;
        } catch (ChanceryException e) {
            connected.set(null);
            return List.of(e.sentence());
        }
    }

    List<Reply.Result> sign(Requester requester, List<SigningRequest> requests) {
        var now = connected();
        try {
            return now.client().sign(Optional.of(requester), requests);
        } catch (UnavailableException e) {
            drop(now);
            throw e;
        }
    }

    List<Salt> salts(Question.Salts wanted) {
        var now = connected();
        try {
            return now.client().salts(wanted);
        } catch (UnavailableException e) {
            drop(now);
            throw e;
        }
    }

    private Connected connected() {
        var known = connected.get();
        if (known != null) {
            return known;
        }
        connecting.lock();
        try {
            known = connected.get();
            if (known == null) {
                known = connect();
                connected.set(known);
            }
            return known;
        } finally {
            connecting.unlock();
        }
    }

    private Connected connect() {
        var client = EnclaveClient.connect(socket);
        try {
            var keys = client.keys().stream()
                    .filter(key -> key.purpose() == KeyPurpose.SIGN)
                    .toList();
            return new Connected(client, keys);
        } catch (ChanceryException e) {
            client.close();
            throw e;
        }
    }

    private void drop(Connected broken) {
        connected.compareAndSet(broken, null);
        broken.client().close();
    }

    void close() {
        var known = connected.get();
        if (known != null) {
            drop(known);
        }
    }
}
