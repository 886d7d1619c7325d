// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Artifact;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.Key;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.protocol.SigningRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules 2, 4 and 7 of the design, against a provider that lies and a key that errs.
class EngineKeysTest {
    private static final byte[] CONTENT = {1, 2, 3};

    /// A kind of signature: whose algorithm, in which format, how written.
    record Kind(Scheme scheme, FormatName format, Encoding encoding) {
        SigningRequest request() {
            return Office.request(format, encoding, CONTENT);
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(Scheme.ED25519, Scheme.ECDSA_P256)
                .flatMap(scheme -> Stream.of(
                        new Kind(scheme, Office.RAW, Encoding.BINARY),
                        new Kind(scheme, Office.OPENPGP, Encoding.BINARY),
                        new Kind(scheme, Office.OPENPGP, Encoding.ARMOR),
                        new Kind(scheme, Office.OPENPGP, Encoding.CLEARTEXT)));
    }

    /// Rule 2: "Keys are bound to one format when they are made, and the enclave refuses any other use."
    @ParameterizedTest
    @MethodSource("kinds")
    void anOpenedKeyThatIsBoundElsewhereIsNotUsed(Kind kind) {
        var key = Office.key(kind.scheme(), kind.format());
        var otherFormat = kind.format().equals(Office.RAW) ? Office.OPENPGP : Office.RAW;
        var strangers = List.of(
                key.as(Office.RELEASE, kind.format(), KeyPurpose.SIGN),
                key.as(Office.QA, otherFormat, KeyPurpose.SIGN),
                key.as(Office.QA, kind.format(), KeyPurpose.CERTIFY),
                key.valid(Office.KEYS_MADE, Optional.of(Office.NOW)),
                Office.key(kind.scheme(), kind.format()));
        for (var stranger : strangers) {
            var used = new ArrayList<ToBeSigned>();
            var keys = new MemoryKeys().with(key.key(), new Watched(stranger, used));
            var refusal = assertThrows(
                    RefusedException.class, () -> Office.engine(keys).sign(Office.ALICE, kind.request()));
            assertEquals("key-bond", refusal.rule());
            assertEquals(List.of(), used);
        }
    }

    /// Notes what a key is asked to sign.
    private record Watched(SigningKey watched, List<ToBeSigned> used) implements SigningKey {
        @Override
        public Key key() {
            return watched.key();
        }

        @Override
        public SignatureValue sign(ToBeSigned toBeSigned) {
            used.add(toBeSigned);
            return watched.sign(toBeSigned);
        }
    }

    @Test
    void aKeyOfAnotherFormatOrAuthorityIsNotEvenChosen() {
        var raw = Office.key(Scheme.ED25519, Office.RAW);
        var release = MemoryKeys.MemoryKey.of(Scheme.ED25519, Office.RELEASE, Office.OPENPGP);
        var keys = new MemoryKeys().with(raw).with(release);
        var request = Office.request(Office.OPENPGP, Encoding.BINARY, CONTENT);
        for (var asked : List.of(
                request,
                Office.naming(request, raw.key().id()),
                Office.naming(request, release.key().id()))) {
            var refusal = assertThrows(
                    RefusedException.class, () -> Office.engine(keys).sign(Office.ALICE, asked));
            assertEquals("no-key", refusal.rule());
        }
        assertEquals(0, keys.opened());
    }

    /// Rule 4: "The enclave verifies each signature with the public key through the verifying code (not the
    /// signing code) before it answers".
    @ParameterizedTest
    @MethodSource("kinds")
    void wrongBitsAreNotHandedOut(Kind kind) {
        List<UnaryOperator<byte[]>> errors = List.of(
                value -> flipped(value, value.length - 1),
                value -> flipped(value, 0),
                value -> flipped(value, value.length / 2),
                value -> Arrays.copyOf(value, value.length - 1),
                value -> Arrays.copyOf(value, value.length + 1),
                value -> new byte[0],
                value -> new byte[31],
                value -> new byte[64],
                value -> new byte[1_000]);
        var key = Office.key(kind.scheme(), kind.format());
        assertDoesNotThrow(() -> Office.engine(new MemoryKeys().with(key)).sign(Office.ALICE, kind.request()));
        for (var error : errors) {
            var engine = Office.engine(new MemoryKeys().with(key.answering(error)));
            assertThrows(UnavailableException.class, () -> engine.sign(Office.ALICE, kind.request()));
        }
    }

    private static byte[] flipped(byte[] value, int at) {
        byte[] wrong = value.clone();
        wrong[at] ^= 1;
        return wrong;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anotherKeysSignatureIsNotHandedOut(Kind kind) {
        var key = Office.key(kind.scheme(), kind.format());
        var other = Office.key(kind.scheme(), kind.format());
        var liar = new MemoryKeys.MemoryKey(key.key(), other.privateKey(), UnaryOperator.identity());
        var engine = Office.engine(new MemoryKeys().with(liar));
        assertThrows(UnavailableException.class, () -> engine.sign(Office.ALICE, kind.request()));
    }

    @Test
    void aProviderThatDoesNotAnswerIsUnavailable() {
        var key = Office.key(Scheme.ED25519, Office.RAW);
        var silent = key.answering(value -> {
            throw new UnavailableException("the token is gone");
        });
        var engine = Office.engine(new MemoryKeys().with(silent));
        var request = Office.request(Office.RAW, Encoding.BINARY, CONTENT);
        var fault = assertThrows(UnavailableException.class, () -> engine.sign(Office.ALICE, request));
        assertEquals("the token is gone", fault.sentence());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aMeasureThatIsMissingIsMalformed(Kind kind) {
        var nothing = Measured.of(CONTENT.length, Map.of(), Map.of(), Optional.empty());
        var engine = Office.engine(new MemoryKeys().with(Office.key(kind.scheme(), kind.format())));
        var request = Office.request(kind.format(), kind.encoding(), nothing);
        var fault = assertThrows(MalformedException.class, () -> engine.sign(Office.ALICE, request));
        assertTrue(fault.sentence().contains("lacks the content"), fault.sentence());
    }

    @Test
    void rawHasNoOtherEncoding() {
        var engine = Office.engine(new MemoryKeys().with(Office.key(Scheme.ED25519, Office.RAW)));
        for (var encoding : List.of(Encoding.ARMOR, Encoding.CLEARTEXT)) {
            var request = Office.request(Office.RAW, encoding, CONTENT);
            assertThrows(MalformedException.class, () -> engine.sign(Office.ALICE, request));
        }
    }

    /// A size that a rule looked at is the size that is signed: bytes exactly, text at most twice (LF becomes
    /// CRLF).
    @Test
    void aHashStateCannotContradictTheSize() {
        assertDoesNotThrow(() -> measured(ContentForm.BYTES, 128, 128));
        assertDoesNotThrow(() -> measured(ContentForm.TEXT, 128, 64));
        assertDoesNotThrow(() -> measured(ContentForm.CLEARTEXT, 0, 64));
        assertThrows(MalformedException.class, () -> measured(ContentForm.BYTES, 128, 127));
        assertThrows(MalformedException.class, () -> measured(ContentForm.BYTES, 128, 129));
        assertThrows(MalformedException.class, () -> measured(ContentForm.BYTES, 1L << 40, 1));
        assertThrows(MalformedException.class, () -> measured(ContentForm.TEXT, 128, 63));
        assertThrows(MalformedException.class, () -> measured(ContentForm.CLEARTEXT, 1L << 40, 1));
    }

    private static Measured measured(ContentForm form, long covered, long size) {
        var state = new HashState(
                DigestAlgorithm.SHA512,
                Bytes.of(new byte[64]),
                covered / 128,
                Bytes.of(new byte[(int) (covered % 128)]));
        var measure = new Measure.OfState(DigestAlgorithm.SHA512, form);
        return Measured.of(size, Map.of(), Map.of(measure, state), Optional.empty());
    }

    /// Rule 7: "A limit on everything, named, with unit and reason".
    @Test
    void theLargestArtifactIsSignedAndNoLarger() {
        var state = new HashState(
                DigestAlgorithm.SHA512, Bytes.of(new byte[64]), Artifact.SIZE_BYTES_MAX / 128, Bytes.of(new byte[0]));
        var measure = new Measure.OfState(DigestAlgorithm.SHA512, ContentForm.BYTES);
        var content = Measured.of(Artifact.SIZE_BYTES_MAX, Map.of(), Map.of(measure, state), Optional.empty());
        var engine = Office.engine(new MemoryKeys().with(Office.key(Scheme.ED25519, Office.OPENPGP)));
        assertDoesNotThrow(() -> engine.sign(Office.ALICE, Office.request(Office.OPENPGP, Encoding.BINARY, content)));
        assertThrows(
                MalformedException.class,
                () -> Measured.of(Artifact.SIZE_BYTES_MAX + 1, Map.of(), Map.of(), Optional.empty()));
    }
}
