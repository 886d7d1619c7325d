// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.Engine;
import dev.chancery.enclave.Recorder;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.HashState;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyProvider;
import dev.chancery.key.SigningKey;
import dev.chancery.policy.SigningRules;
import dev.chancery.protocol.SigningRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as Signstar's documents have them. Its own samples are judged in `SignstarIT`.
class SignstarTaskTest {
    private static final BouncyCastleHashes HASHES = new BouncyCastleHashes();
    private static final ArtifactName NAMELESS = new ArtifactName("nameless");

    private static final SignstarTask TASK = new SignstarTask(
            new Engine(
                    new SigningRules(List.of()),
                    new NoKeys(),
                    Formats.all(HASHES),
                    new Recorder((time, decision) -> {}, HASHES, Clock.systemUTC())),
            new SigningRequest.Target(new Authority("qa"), new FormatName("openpgp"), Optional.empty()));

    private record NoKeys() implements KeyProvider {
        @Override
        public List<Key> keys() {
            return List.of();
        }

        @Override
        public SigningKey open(KeyId id) {
            throw new UnavailableException("there is none");
        }
    }

    /// The state as the Rust crate writes it down; what lies behind the tail is whatever was there.
    private static byte[] layout(byte[] content, Random random) {
        var hash = HASHES.start(DigestAlgorithm.SHA512);
        hash.update(ByteBuffer.wrap(content));
        HashState state = hash.state();
        byte[] rest = new byte[208];
        random.nextBytes(rest);
        var layout = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
        var words = ByteBuffer.wrap(state.chainingValue().toArray());
        while (words.hasRemaining()) {
            layout.putLong(words.getLong());
        }
        layout.putLong(state.blocks())
                .putLong(0)
                .put((byte) state.tail().length())
                .put(state.tail().toArray());
        return rest;
    }

    private static String request(byte[] layout, String optional) {
        var octets = new StringJoiner(",");
        for (byte octet : layout) {
            octets.add(Integer.toString(Byte.toUnsignedInt(octet)));
        }
        return """
                {"version":"1.0.0","required":{"input":{"type":"sha2-0.11-SHA512-state","content":[%s]},
                 "output":{"type":"OpenPGPv4"}},"optional":%s}
                """.formatted(octets, optional);
    }

    private static SigningRequest read(String json) {
        return TASK.request(Bytes.of(json.getBytes(StandardCharsets.UTF_8)), NAMELESS);
    }

    @Test
    void theStateGoesOnWhereTheClientStopped() throws Exception {
        var random = new Random(1);
        for (int length : new int[] {0, 1, 19, 111, 112, 127, 128, 129, 255, 256, 5_000}) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            var measured = read(request(layout(content, random), "{}")).content();
            assertEquals(length, measured.size());
            var state = measured.state(DigestAlgorithm.SHA512, ContentForm.BYTES);
            assertEquals(
                    Bytes.of(MessageDigest.getInstance("SHA-512").digest(content)),
                    Bytes.of(HASHES.finish(state, new byte[0]).bytes()));
        }
    }

    @Test
    void whatIsOptionalIsHeardWhereItHelps() {
        byte[] layout = layout(new byte[3], new Random(2));
        assertEquals(
                "core.db",
                read(request(layout, "{\"file-name\":\"core.db\",\"x\":[1.5]}"))
                        .name()
                        .text());
        for (String other :
                List.of("{}", "{\"file-name\":\"a/b\"}", "{\"file-name\":7}", "[]", "null", "{\"grease\":null}")) {
            assertEquals(NAMELESS, read(request(layout, other)).name());
        }
        assertTrue(read(request(layout, "{}")).dataDigest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1.0.0\" > \"2.0.0\"",
                "\"1.0.0\" > \"1.0\"",
                "\"version\" > \"versions\"",
                "sha2-0.11 > sha2-0.12",
                "OpenPGPv4 > OpenPGPv6",
                "\"output\" > \"more\":1,\"output\"",
                "\"type\" > \"more\":1,\"type\"",
                "[ > [0,",
                "[ > [256,",
            })
    void whatIsRequiredIsKnownToTheLastField(String change) {
        String right = request(layout(new byte[3], new Random(3)), "{}");
        String[] parts = change.split(" > ", -1);
        assertTrue(right.contains(parts[0]), change);
        String wrong = right.replaceFirst(java.util.regex.Pattern.quote(parts[0]), parts[1]);
        assertThrows(MalformedException.class, () -> read(wrong));
    }

    @Test
    void aStateThatCannotBeIsMalformed() {
        byte[] full = layout(new byte[3], new Random(4));
        full[80] = (byte) 128;
        assertThrows(MalformedException.class, () -> read(request(full, "{}")));
        byte[] many = layout(new byte[3], new Random(5));
        many[72] = 1;
        assertThrows(MalformedException.class, () -> read(request(many, "{}")));
        byte[] long64 = layout(new byte[3], new Random(6));
        long64[71] = (byte) 0x80;
        assertThrows(MalformedException.class, () -> read(request(long64, "{}")));
    }
}
