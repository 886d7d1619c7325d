// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.hashing.Salt;
import dev.chancery.key.KeyId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What the engine was asked, and what it answered.
///
/// @param voucher who asked for the requester, where that was not he himself
public record Decision(Requester requester, Optional<Requester> voucher, Asked asked, Answer answer)
        implements AuditEvent {

    /// The request.
    public record Asked(Authority authority, FormatName format, Encoding encoding, Content content) {}

    /// What was to be signed: its name and its bytes; the digests that the signature is over; those that the
    /// requester says it has as well, which nobody checked; and where the signature is over a salt and the
    /// content, that.
    ///
    /// @param size empty where the requester said digests and no size
    public record Content(
            ArtifactName name,
            OptionalLong size,
            Map<DigestAlgorithm, Digest> digests,
            Map<DigestAlgorithm, Digest> claimed,
            Optional<Salted> salted) {
        /// Without a salt.
        public Content(
                ArtifactName name,
                long size,
                Map<DigestAlgorithm, Digest> digests,
                Map<DigestAlgorithm, Digest> claimed) {
            this(name, OptionalLong.of(size), digests, claimed, Optional.empty());
        }

        public Content {
            digests = ordered(digests);
            claimed = ordered(claimed);
        }

        private static Map<DigestAlgorithm, Digest> ordered(Map<DigestAlgorithm, Digest> digests) {
            var ordered = new EnumMap<DigestAlgorithm, Digest>(DigestAlgorithm.class);
            ordered.putAll(digests);
            return Collections.unmodifiableMap(ordered);
        }
    }

    /// A salt, and the digest of the salt and the content.
    public record Salted(Salt salt, Digest digest) {}

    /// What the requester gets.
    public sealed interface Answer {
        /// A signature by this key.
        ///
        /// @param signature the SHA-256 of the signature file
        /// @param value of a bundle of Sigstore the SHA-256 of the signature in it, by which the log knows it
        record Granted(KeyId key, Digest signature, Optional<Digest> value) implements Answer {
            public Granted(KeyId key, Digest signature) {
                this(key, signature, Optional.empty());
            }
        }

        /// No, by this rule.
        record Refused(String rule, String reason) implements Answer {}

        /// The request can never be right.
        record Malformed(String reason) implements Answer {}

        /// Something that is needed is not there now.
        record Unavailable(String reason) implements Answer {}

        static Answer of(ChanceryException fault) {
            String reason = fault.sentence();
            String cut = cut(reason);
            if (fault instanceof RefusedException refused) {
                return new Refused(refused.rule(), cut);
            }
            return fault instanceof MalformedException ? new Malformed(cut) : new Unavailable(cut);
        }
    }

    /// UTF-16 units of a reason; a longer one is cut. The longest sentences, with a list of keys, have some
    /// thousand.
    public static final int REASON_CHARACTERS_MAX = 1_000;

    private static String cut(String reason) {
        if (reason.length() <= REASON_CHARACTERS_MAX) {
            return reason;
        }
        boolean halves = Character.isHighSurrogate(reason.charAt(REASON_CHARACTERS_MAX - 1));
        return reason.substring(0, halves ? REASON_CHARACTERS_MAX - 1 : REASON_CHARACTERS_MAX);
    }
}
