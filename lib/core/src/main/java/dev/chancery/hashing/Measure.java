// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that has to be known of an artifact's content.
public sealed interface Measure {
    /// The finished digest of the bytes.
    record OfDigest(DigestAlgorithm algorithm) implements Measure {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfDigest that && algorithm == that.algorithm;
        }

        @Override
        public int hashCode() {
            return algorithm.hashCode();
        }
    }

    /// The hash state after the content, ready for a trailer; after a salt and the content, where there is a
    /// salt.
    record OfState(DigestAlgorithm algorithm, ContentForm form, Salt salt) implements Measure {
        /// Throws `MalformedException` for a salt that is not as long as the hash function's is.
        public OfState {
            if (!salt.isNone() && salt.length() != Salt.bytesFor(algorithm)) {
                throw new MalformedException("salt has %d bytes where that of %s has %d"
                        .formatted(salt.length(), algorithm.standardName(), Salt.bytesFor(algorithm)));
            }
        }

        /// Without a salt.
        public OfState(DigestAlgorithm algorithm, ContentForm form) {
            this(algorithm, form, Salt.NONE);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfState that
                    && algorithm == that.algorithm
                    && form == that.form
                    && salt.equals(that.salt);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * algorithm.hashCode() + form.hashCode()) + salt.hashCode();
        }
    }

    /// The content itself, at most [Measured#CONTENT_BYTES_MAX] bytes.
    record OfContent() implements Measure {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfContent;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /// The files of a directory; there is one only where the content is a directory.
    record OfTree() implements Measure {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfTree;
        }

        @Override
        public int hashCode() {
            return 2;
        }
    }

    /// The hash state that has to run for this: one serves a digest and a state alike.
    default Optional<OfState> running() {
        if (this instanceof OfDigest(var algorithm)) {
            return Optional.of(new OfState(algorithm, ContentForm.BYTES));
        }
        return this instanceof OfState state ? Optional.of(state) : Optional.empty();
    }

    static Measure digest(DigestAlgorithm algorithm) {
        return new OfDigest(algorithm);
    }

    static Measure state(DigestAlgorithm algorithm, ContentForm form) {
        return new OfState(algorithm, form);
    }

    /// After a salt and the content.
    static Measure state(DigestAlgorithm algorithm, ContentForm form, Salt salt) {
        return new OfState(algorithm, form, salt);
    }

    static Measure tree() {
        return new OfTree();
    }

    static Measure content() {
        return new OfContent();
    }
}
