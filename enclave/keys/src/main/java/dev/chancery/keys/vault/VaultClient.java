// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import dev.chancery.core.RefusedException;
import dev.chancery.keys.vault.VaultTransport.Call;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Requests as whoever the login says. A request that Vault refuses is made once more, if there is a new
/// token by then.
final class VaultClient implements AutoCloseable {
    /// How long an answer may take, connecting included; a new key's longer.
    record Times(Duration answer, Duration creation) {
        /// Vault signs in milliseconds, and is given time for an election of its active server. RSA-4096 takes
        /// seconds to make on a busy machine.
        static final Times USUAL = new Times(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    private final VaultTransport transport;
    private final VaultAccess access;
    private final Times times;

    VaultClient(VaultKeys.Place place, Supplier<VaultLogin> login, InstantSource clock, Times times) {
        this.transport = new VaultTransport(place);
        this.access = new VaultAccess(transport, login, clock, times.answer());
        this.times = times;
    }

    Times times() {
        return times;
    }

    String shown() {
        return transport.shown();
    }

    void requireThere() {
        transport.requireThere(times.answer());
    }

    void logIn() {
        access.check();
    }

    /// Throws, beyond what [VaultTransport#send] throws, `RefusedException` with rule `vault-login` when
    /// Vault does not know who asks, and with rule `vault-denied` when it does and says no.
    VaultAnswer send(Call call) {
        try (var grant = access.grant()) {
            var answer = transport.send(call, grant.token());
            if (answer.status() != 403) {
                return answer;
            }
            if (!access.isReplaced(grant)) {
                throw denied(call, answer);
            }
        }
        try (var grant = access.grant()) {
            var answer = transport.send(call, grant.token());
            if (answer.status() == 403) {
                throw denied(call, answer);
            }
            return answer;
        }
    }

    private RefusedException denied(Call call, VaultAnswer answer) {
        String need = call.method().equals("GET") ? "read" : "update";
        return new RefusedException(
                "vault-denied",
                "%s does not allow \"%s\" on %s, with %s".formatted(shown(), need, call.path(), answer.said()));
    }

    @Override
    public void close() {
        access.close();
        transport.close();
    }
}
