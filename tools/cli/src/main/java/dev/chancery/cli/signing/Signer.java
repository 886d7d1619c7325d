// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import dev.chancery.log.Receipt;
import dev.chancery.protocol.SigningRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who signs. Every method may throw one of the three errors; *unavailable* may be tried again with a new
/// command, after all retries that make sense within one were made. But for [#salt], for one thread at a
/// time.
public interface Signer extends AutoCloseable {
    /// How it wants to be asked.
    ///
    /// @param requestsMax so many requests at once are best; with 1 there is nothing to wait for elsewhere
    /// @param always what it wants measured of every content, beside what the formats need
    /// @param receipts whether a log's receipts come with the signatures
    record Manner(int requestsMax, Set<Measure> always, boolean receipts) {
        public Manner {
            always = Set.copyOf(always);
        }
    }

    /// What became of one request.
    sealed interface Result {
        /// The signature as it was made, and what a log added to it.
        record Done(Signature signature, Optional<Logged> logged) implements Result {}

        /// Why there is none, and what to do about it.
        record Failed(ChanceryException error, Optional<String> hint) implements Result {}
    }

    /// What a log added to a signature.
    ///
    /// @param file the signature file, with the log's proof in it where its form has room for that
    record Logged(Bytes file, Receipt receipt) {}

    Manner manner();

    /// The formats in which an authority can sign, at least one. Throws `RefusedException` (`no-key`) where
    /// there is none.
    List<FormatName> formats(Authority authority);

    /// The key that would sign. Throws `RefusedException` (`no-key`, `key-expired`, `key-choice`).
    Key key(SigningRequest.Target target);

    /// A salt for one signature, in a format that has one: what is measured begins with it. May be asked for while
    /// [#sign] is at work in another thread. Throws `MalformedException` for another format.
    Salt salt(SigningRequest.Target target);

    /// One result for each request, in their order. What failed altogether is thrown; so may be what failed
    /// of one.
    List<Result> sign(List<SigningRequest> requests);

    /// From now on whoever asks for the same again has the same signature, as far as the signer remembers.
    default void repeatable() {}

    @Override
    void close();
}
