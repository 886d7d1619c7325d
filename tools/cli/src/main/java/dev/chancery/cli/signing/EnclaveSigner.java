// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.Authority;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.FormatName;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import dev.chancery.protocol.EnclaveClient;
import dev.chancery.protocol.Frames;
import dev.chancery.protocol.Reply;
import dev.chancery.protocol.SigningRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// An enclave behind its request door. It knows us as the user whose process this is.
///
/// A connection that breaks is not made again: whether the last signatures were made nobody knows here, the
/// audit chain does.
public final class EnclaveSigner implements Signer {
    /// A question's: it fits [Frames#QUESTION_BYTES_MAX] with what stands around the requests.
    private static final int REQUESTS_BYTES_MAX = Frames.QUESTION_BYTES_MAX - 1_024;
    private static final int REQUESTS_MAX = 1_000;
    private static final String HINT =
            "the enclave's rules say who may have what: 'chancery config check' tells them, where it runs";

    private final EnclaveClient client;
    private final ListedKeys listed;
    private final InstantSource clock;

    private EnclaveSigner(EnclaveClient client, ListedKeys listed, InstantSource clock) {
        this.client = client;
        this.listed = listed;
        this.clock = clock;
    }

    /// Connects, and asks which keys there are for us.
    public static EnclaveSigner connect(Path socket, Formats formats, InstantSource clock) {
        var client = EnclaveClient.connect(socket);
        return new EnclaveSigner(client, new ListedKeys(hinted(client::keys), formats), clock);
    }

    /// A refusal is the enclave's, and what the local office has is no help.
    private static <T> T hinted(Supplier<T> question) {
        try {
            return question.get();
        } catch (RefusedException e) {
            throw new HintedException(e, HINT);
        }
    }

    @Override
    public Manner manner() {
        return new Manner(REQUESTS_MAX, Set.of(), false);
    }

    @Override
    public List<FormatName> formats(Authority authority) {
        var formats = listed.formats(authority);
        if (formats.isEmpty()) {
            throw new HintedException(
                    new RefusedException("no-key", "the enclave has no key of %s for this user".formatted(authority)),
                    HINT);
        }
        return formats;
    }

    @Override
    public Key key(SigningRequest.Target target) {
        return hinted(() -> listed.choose(target, clock.instant()));
    }

    @Override
    public Salt salt(SigningRequest.Target target) {
        return hinted(() -> client.salt(target));
    }

    @Override
    public List<Result> sign(List<SigningRequest> requests) {
        var results = new ArrayList<Result>();
        for (var portion : Portions.of(requests, REQUESTS_MAX, REQUESTS_BYTES_MAX)) {
            var answers = hinted(() -> client.sign(Optional.empty(), portion));
            for (int i = 0; i < answers.size(); i++) {
                results.add(result(portion.get(i), answers.get(i)));
            }
        }
        return results;
    }

    private static Result result(SigningRequest request, Reply.Result answer) {
        return switch (answer) {
            case Reply.Result.Done done ->
                new Result.Done(
                        new Signature(request.format(), request.encoding(), done.signature()), Optional.empty());
            case Reply.Result.Failed(var error) -> new Result.Failed(error, hint(error));
        };
    }

    private static Optional<String> hint(ChanceryException error) {
        return error instanceof RefusedException ? Optional.of(HINT) : Optional.empty();
    }

    @Override
    public void close() {
        client.close();
    }
}
