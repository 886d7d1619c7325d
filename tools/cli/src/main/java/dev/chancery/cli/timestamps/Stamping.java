// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.timestamps;

import dev.chancery.cli.signing.Signing;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.TimestampedFormat;
import dev.chancery.timestamp.TimestampQuery;
import dev.chancery.timestamp.TimestampResponse;
import dev.chancery.timestamp.TimestampServices;
import java.net.URI;
import java.security.SecureRandom;

/// Puts tokens of one service at signatures.
final class Stamping implements Signing.Stamp {
    private final Terminal terminal;
    private final TimestampClient client;
    private final TimestampServices trusted;
    private final SecureRandom random = new SecureRandom();

    Stamping(Terminal terminal, URI service, TimestampServices trusted) {
        this.terminal = terminal;
        this.client = new TimestampClient(service);
        this.trusted = trusted;
    }

    /// The signature with a token that was checked as whoever verifies will check it.
    ///
    /// Throws `UnavailableException` when the service does not answer, and `RefusedException` when it says no
    /// (rule `timestamp-refused`) or its token is not right (`timestamp-token`).
    @Override
    public Signature at(Signature signature, TimestampedFormat format) {
        var value = format.stamped(signature);
        var query = TimestampQuery.of(value, random.nextLong());
        var answer = client.ask(query.toDer());
        try {
            var token = TimestampResponse.token(answer);
            query.requireAnsweredBy(token);
            trusted.prove(token, value, terminal.clock().instant());
            return format.stamp(signature, token.der());
        } catch (MalformedException e) {
            throw client.unavailable("answers with what is not right: " + e.sentence());
        }
    }
}
