// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonLimits;
import dev.chancery.json.JsonValue;
import java.util.function.Supplier;

/// Reads the JSON that a server answers with.
record ServerAnswers(ServerAddress address) {
    private static final JsonLimits LIMITS =
            new JsonLimits(ServerClient.ANSWER_BYTES_MAX, 2 * Signature.BYTES_MAX, Json.NAME_CHARACTERS_MAX, false);

    /// What a reply of this status says. Throws within [#right] what the server says otherwise.
    JsonValue json(HttpReply reply, int status, String subject) {
        if (reply.status() != status) {
            throw failed(reply);
        }
        if (!reply.type().equals("application/json")) {
            throw new MalformedException("its type is not application/json");
        }
        return Json.parse(reply.body(), subject, LIMITS);
    }

    private Failed failed(HttpReply reply) {
        return new Failed(ProblemDocument.of(reply, address));
    }

    /// The server said what failed, in good order.
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient ProblemDocument problem;

        Failed(ProblemDocument problem) {
            super(problem.error());
            this.problem = problem;
        }
    }

    /// Reads an answer. What is wrong about it is the server's fault, not the caller's.
    <T> T right(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Failed e) {
            ChanceryException error = e.problem.error();
            throw e.problem
                    .hint()
                    .<RuntimeException>map(hint -> new HintedException(error, hint))
                    .orElse(error);
        } catch (MalformedException | RefusedException e) {
            throw new UnavailableException(
                    "server %s answers with what is not right: %s; nothing was written"
                            .formatted(address, e.sentence()),
                    e);
        }
    }
}
