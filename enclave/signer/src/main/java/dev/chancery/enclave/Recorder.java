// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import dev.chancery.bundle.Bundle;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Signature;
import dev.chancery.enclave.audit.AuditLine;
import dev.chancery.enclave.audit.AuditLog;
import dev.chancery.enclave.audit.Decision;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.Key;
import dev.chancery.protocol.SigningRequest;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Tells the audit log what the engine decided, and by which clock.
public final class Recorder {
    /// The formats whose signature files are bundles of Sigstore.
    private static final Set<String> BUNDLES = Set.of("sigstore", "statement");

    private final AuditLog log;
    private final Hashes hashes;
    private final Clock clock;

    public Recorder(AuditLog log, Hashes hashes, Clock clock) {
        this.log = log;
        this.hashes = hashes;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /// Begins with a request.
    Recording begin(Asker asker, SigningRequest request, Instant now) {
        return new Recording(asker, request, now);
    }

    /// One request; one decision on it is made, and recorded once.
    final class Recording {
        private final Asker asker;
        private final SigningRequest request;
        private final Instant now;

        private Recording(Asker asker, SigningRequest request, Instant now) {
            this.asker = asker;
            this.request = request;
            this.now = now;
        }

        /// What is recorded when this is signed.
        Decision granted(Key key, Signature signature, Set<Measure> over) {
            var file = AuditLine.hash(signature.bytes());
            return decision(over, new Decision.Answer.Granted(key.id(), file, value(signature)));
        }

        /// What the log has of a bundle, which anybody may write in other words or with the log's proof in it.
        private Optional<Digest> value(Signature signature) {
            return BUNDLES.contains(request.format().text())
                    ? Bundle.read(signature.bytes())
                            .map(bundle ->
                                    AuditLine.hash(bundle.content().signature().bytes()))
                    : Optional.empty();
        }

        /// What is recorded when it is not.
        Decision denied(ChanceryException fault) {
            return decision(Set.of(), Decision.Answer.of(fault));
        }

        /// Returns at once, and tells when the record is durable.
        void make(Decision decision, AuditLog.Outcome outcome) {
            log.record(now, decision, outcome);
        }

        private Decision decision(Set<Measure> over, Decision.Answer answer) {
            Measured measured = request.content();
            var salted = over.stream()
                    .flatMap(measure -> salted(measure, measured).stream())
                    .findFirst();
            var digests = new EnumMap<DigestAlgorithm, Digest>(DigestAlgorithm.class);
            var claimed = new EnumMap<DigestAlgorithm, Digest>(DigestAlgorithm.class);
            for (var algorithm : DigestAlgorithm.values()) {
                boolean signed = salted.isEmpty() && isOver(over, algorithm);
                Map<DigestAlgorithm, Digest> place = signed ? digests : claimed;
                digest(measured, algorithm).ifPresent(digest -> place.put(algorithm, digest));
            }
            var size = measured.hasSize() ? OptionalLong.of(measured.size()) : OptionalLong.empty();
            var content = new Decision.Content(request.name(), size, digests, claimed, salted);
            var asked = new Decision.Asked(request.authority(), request.format(), request.encoding(), content);
            return new Decision(asker.requester(), asker.voucher(), asked, answer);
        }
    }

    private static boolean isOver(Set<Measure> over, DigestAlgorithm algorithm) {
        return over.contains(Measure.digest(algorithm))
                || over.contains(Measure.state(algorithm, ContentForm.BYTES))
                || (over.contains(Measure.content()) && algorithm == DigestAlgorithm.SHA256);
    }

    /// The digest of salt and content, where a signature is over both.
    private Optional<Decision.Salted> salted(Measure measure, Measured measured) {
        return measure instanceof Measure.OfState(var algorithm, var form, var salt) && !salt.isNone()
                ? Optional.of(
                        new Decision.Salted(salt, hashes.finish(measured.state(algorithm, form, salt), new byte[0])))
                : Optional.empty();
    }

    /// From the content where it is at hand, else from the hash state, else as the request has it.
    private Optional<Digest> digest(Measured measured, DigestAlgorithm algorithm) {
        if (algorithm == DigestAlgorithm.SHA256 && measured.has(Measure.content())) {
            var hash = hashes.start(algorithm);
            hash.update(ByteBuffer.wrap(measured.content().toArray()));
            return Optional.of(hash.finish());
        }
        if (measured.has(Measure.state(algorithm, ContentForm.BYTES))) {
            return Optional.of(hashes.finish(measured.state(algorithm, ContentForm.BYTES), new byte[0]));
        }
        return measured.has(Measure.digest(algorithm)) ? Optional.of(measured.digest(algorithm)) : Optional.empty();
    }
}
