// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.server.http.Answer;
import java.time.Duration;

/// Answers that are the same for everybody and seldom change: a cache keeps them a while, and then asks by
/// their digest.
public final class Cached {
    /// How long a copy may be used without asking: a revocation reaches who asks by then.
    private static final Duration FRESH = Duration.ofMinutes(5);

    private Cached() {}

    /// The same with `Cache-Control` and `ETag`; an answer that is not there as bytes stays as it is.
    public static Answer answer(Answer answer) {
        return answer.content() instanceof Answer.Content.Whole(var bytes)
                ? answer.cached(FRESH)
                        .etag(Digests.of(DigestAlgorithm.SHA256, bytes).hex())
                : answer;
    }
}
