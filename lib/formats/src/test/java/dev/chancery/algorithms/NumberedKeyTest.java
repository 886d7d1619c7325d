// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.key.KeyAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NumberedKeyTest {
    private static final FormatName FORMAT = new FormatName("minisign");
    private static final Authority QA = new Authority("qa");
    private static final NumberedKey KEY =
            NumberedKey.of(MemoryKey.Pair.of(KeyAlgorithm.ED25519).publicKey());

    @Test
    void everyVectorIsReadAsItSays() {
        FileVectors.judge(
                "numbered-keys",
                file -> NumberedKey.read(FORMAT, QA, file).stream()
                        .map(key -> key.number().toString())
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void whatIsWrittenIsRead() {
        var read = NumberedKey.read(FORMAT, QA, KEY.write("a key"));
        assertEquals(List.of(KEY), read);
        assertTrue(KEY.is(read.getFirst()));
        assertEquals(KEY.key().id().hex().substring(0, 16), KEY.number().toString());
    }

    @Test
    void anotherKeyOrNumberIsAnotherNumberedKey() {
        var other = NumberedKey.of(MemoryKey.Pair.of(KeyAlgorithm.ED25519).publicKey());
        assertFalse(KEY.is(other));
        assertFalse(KEY.is(new NumberedKey(other.number(), KEY.key())));
        assertFalse(KEY.is(new NumberedKey(KEY.number(), other.key())));
    }

    @Test
    void onlyEd25519KeysHaveNumbers() {
        var p256 = MemoryKey.Pair.of(KeyAlgorithm.ECDSA_P256).publicKey();
        assertThrows(MalformedException.class, () -> NumberedKey.of(p256));
    }

    @Test
    void aFileHoldsAHundredKeys() {
        String pair = new String(KEY.write("a key").toArray(), StandardCharsets.US_ASCII);
        assertEquals(
                NumberedKey.KEYS_MAX,
                NumberedKey.read(FORMAT, QA, bytes(pair.repeat(NumberedKey.KEYS_MAX)))
                        .size());
        var more = bytes(pair.repeat(NumberedKey.KEYS_MAX + 1));
        assertThrows(MalformedException.class, () -> NumberedKey.read(FORMAT, QA, more));
    }

    @Test
    void aKeyStandsOnce() {
        var file = KEY.write("a key");
        var fault = assertThrows(
                MalformedException.class,
                () -> new NumberedKeys(FORMAT, Map.of(QA, file, new Authority("release"), file)));
        assertTrue(fault.sentence().contains("stands twice"), fault.sentence());
    }

    @Test
    void keysOfOneNumberAreAllFound() {
        var other = MemoryKey.Pair.of(KeyAlgorithm.ED25519).publicKey();
        var same = new NumberedKey(KEY.number(), other);
        var keys = new NumberedKeys(FORMAT, Map.of(QA, KEY.write("a"), new Authority("release"), same.write("b")));
        assertEquals(2, keys.numbered(KEY.number()).size());
        assertEquals(List.of(), keys.numbered(NumberedKey.of(other).number()));
        assertEquals(QA, keys.owner(KEY.key()));
        assertEquals(Map.of(KEY.key().id(), QA, other.id(), new Authority("release")), keys.owners());
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
