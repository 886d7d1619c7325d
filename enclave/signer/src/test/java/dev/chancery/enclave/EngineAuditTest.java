// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.audit.AuditLine;
import dev.chancery.enclave.audit.AuditLog;
import dev.chancery.enclave.audit.Decision;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.Key;
import dev.chancery.key.Scheme;
import dev.chancery.protocol.SigningRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Rule 3 of the design: "No record, no signature."
class EngineAuditTest {
    private static final byte[] CONTENT = {1, 2, 3};

    private final List<Decision> decisions = new ArrayList<>();

    private Engine engine(MemoryKeys keys) {
        return Office.engine(Office.rules(), keys, (time, decision) -> {
            assertEquals(Office.NOW, time);
            decisions.add(decision);
        });
    }

    private Decision only() {
        assertEquals(1, decisions.size());
        return decisions.getFirst();
    }

    private static Digest digest(DigestAlgorithm algorithm) {
        return Office.measured(CONTENT).digest(algorithm);
    }

    @Test
    void aSignatureIsOnRecordWithWhatItIsOver() {
        var key = Office.key(Scheme.ECDSA_P256, Office.RAW);
        var signature = engine(new MemoryKeys().with(key))
                .sign(Office.ALICE, Office.request(Office.RAW, Encoding.BINARY, CONTENT));
        var decision = only();
        assertEquals(Office.ALICE, decision.requester());
        assertEquals(Office.QA, decision.asked().authority());
        assertEquals(new Decision.Answer.Granted(key.key().id(), AuditLine.hash(signature.bytes())), decision.answer());
        var content = decision.asked().content();
        assertEquals("artifact.tar.gz", content.name().text());
        assertEquals(OptionalLong.of(3), content.size());
        assertEquals(Map.of(DigestAlgorithm.SHA256, digest(DigestAlgorithm.SHA256)), content.digests());
        assertEquals(Map.of(DigestAlgorithm.SHA512, digest(DigestAlgorithm.SHA512)), content.claimed());
    }

    /// Who gives a digest alone says no size, and none is invented.
    @Test
    void whatIsNotKnownIsNotOnRecord() {
        var key = Office.key(Scheme.ECDSA_P256, Office.RAW);
        var digests = Map.of(DigestAlgorithm.SHA256, digest(DigestAlgorithm.SHA256));
        engine(new MemoryKeys().with(key))
                .sign(Office.ALICE, Office.request(Office.RAW, Encoding.BINARY, Measured.ofDigests(digests)));
        var content = only().asked().content();
        assertEquals(OptionalLong.empty(), content.size());
        assertEquals(digests, content.digests());
    }

    /// The engine finishes the hash state that the signature is over; the finished digest beside it is a
    /// claim, and is not believed.
    @Test
    void theDigestOfAHashStateIsTheEnginesOwn() {
        var honest = Office.measured(CONTENT);
        var state = new Measure.OfState(DigestAlgorithm.SHA512, ContentForm.BYTES);
        var lying = Measured.of(
                3,
                Map.of(
                        DigestAlgorithm.SHA512,
                                Office.measured(new byte[] {9, 9, 9}).digest(DigestAlgorithm.SHA512),
                        DigestAlgorithm.SHA256,
                                Office.measured(new byte[] {9, 9, 9}).digest(DigestAlgorithm.SHA256)),
                Map.of(state, honest.state(DigestAlgorithm.SHA512, ContentForm.BYTES)),
                Optional.empty());
        var keys = new MemoryKeys().with(Office.key(Scheme.ED25519, Office.OPENPGP));
        engine(keys).sign(Office.ALICE, Office.request(Office.OPENPGP, Encoding.BINARY, lying));
        var content = only().asked().content();
        assertEquals(Map.of(DigestAlgorithm.SHA512, digest(DigestAlgorithm.SHA512)), content.digests());
        assertEquals(Set.of(DigestAlgorithm.SHA256), content.claimed().keySet());
    }

    /// Content that is signed itself is hashed here for the record.
    @Test
    void contentHasADigestToo() {
        var whole = Measured.of(3, Map.of(), Map.of(), Optional.of(Bytes.of(CONTENT)));
        var keys = new MemoryKeys().with(Office.key(Scheme.ED25519, Office.RAW));
        engine(keys).sign(Office.ALICE, Office.request(Office.RAW, Encoding.BINARY, whole));
        var content = only().asked().content();
        assertEquals(Map.of(DigestAlgorithm.SHA256, digest(DigestAlgorithm.SHA256)), content.digests());
    }

    @Test
    void whatIsNotGrantedIsOnRecordToo() {
        var keys = new MemoryKeys().with(Office.key(Scheme.ED25519, Office.OPENPGP));
        var request = Office.request(Office.RAW, Encoding.BINARY, CONTENT);
        denied(RefusedException.class, Decision.Answer.Refused.class, keys, request);
        var unknown = Office.request(new FormatName("pkcs7"), Encoding.BINARY, CONTENT);
        denied(MalformedException.class, Decision.Answer.Malformed.class, keys, unknown);
    }

    private void denied(
            Class<? extends ChanceryException> fault,
            Class<? extends Decision.Answer> answer,
            MemoryKeys keys,
            SigningRequest request) {
        decisions.clear();
        assertThrows(fault, () -> engine(keys).sign(Office.ALICE, request));
        assertInstanceOf(answer, only().answer());
        assertEquals(Map.of(), only().asked().content().digests());
        assertEquals(2, only().asked().content().claimed().size());
    }

    /// Neither a signature nor a refusal leaves unrecorded.
    @Test
    void whatCannotBeRecordedDoesNotLeave() {
        var keys = new MemoryKeys().with(Office.key(Scheme.ED25519, Office.OPENPGP));
        var engine = Office.engine(Office.rules(), keys, (time, decision) -> {
            throw new UnavailableException("the disk is full");
        });
        for (var format : List.of(Office.OPENPGP, Office.RAW)) {
            var request = Office.request(format, Encoding.BINARY, CONTENT);
            var fault = assertThrows(UnavailableException.class, () -> engine.sign(Office.ALICE, request));
            assertEquals("the disk is full", fault.sentence());
        }
    }

    /// A log whose outcomes the test decides on.
    private static final class LateLog implements AuditLog {
        private final List<Outcome> outcomes = new ArrayList<>();

        @Override
        public void record(Instant time, Decision decision) {
            throw new AssertionError("who gives a receiver does not wait");
        }

        @Override
        public void record(Instant time, Decision decision, Outcome outcome) {
            outcomes.add(outcome);
        }
    }

    private static final class Told implements Engine.Receiver {
        private final List<Signature> signatures = new ArrayList<>();
        private final List<ChanceryException> errors = new ArrayList<>();

        @Override
        public void signed(Signature signature, Key key) {
            signatures.add(signature);
        }

        @Override
        public void failed(ChanceryException error) {
            errors.add(error);
        }
    }

    /// Who does not wait for the record is told after it all the same, and nothing if there is none.
    @Test
    void aReceiverIsToldWhenTheRecordIsDurable() {
        var log = new LateLog();
        var engine =
                Office.engine(Office.rules(), new MemoryKeys().with(Office.key(Scheme.ED25519, Office.OPENPGP)), log);
        var told = new Told();
        var asker = new Asker(Office.ALICE);
        for (int i = 0; i < 2; i++) {
            engine.sign(asker, Office.request(Office.OPENPGP, Encoding.BINARY, CONTENT), told);
            engine.sign(asker, Office.request(Office.RAW, Encoding.BINARY, CONTENT), told);
        }
        assertEquals(4, log.outcomes.size());
        assertEquals(List.of(), told.signatures);
        assertEquals(List.of(), told.errors);
        log.outcomes.get(0).settled(Optional.empty());
        log.outcomes.get(1).settled(Optional.empty());
        assertEquals(1, told.signatures.size());
        assertInstanceOf(RefusedException.class, told.errors.getFirst());
        log.outcomes.get(2).settled(Optional.of(new UnavailableException("the disk is full")));
        log.outcomes.get(3).settled(Optional.of(new UnavailableException("the disk is full")));
        assertEquals(1, told.signatures.size());
        assertEquals("the disk is full", told.errors.get(1).sentence());
        assertEquals("the disk is full", told.errors.get(2).sentence());
    }
}
