// SPDX-License-Identifier: Apache-2.0
package dev.chancery.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.FileVectors;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.json.JsonFields;
import dev.chancery.key.SignatureValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleTest {
    @Test
    void everyVector() {
        FileVectors.judge(
                "bundle", file -> Bundle.read(file).map(BundleTest::words).orElse("certificate"));
    }

    private static String words(Bundle bundle) {
        String content = switch (bundle.content()) {
            case Envelope envelope -> "envelope " + envelope.payloadType();
            case MessageSignature message ->
                "message " + message.digest().algorithm().label();
        };
        return (bundle.hint() + " " + content).strip();
    }

    /// secure-systems-lab/dsse, `protocol.md`, "Test Vectors".
    @Test
    void preAuthenticationEncoding() {
        var encoded = Envelope.preAuthenticationEncoding("http://example.com/HelloWorld", bytes("hello world"));
        assertEquals(bytes("DSSEv1 29 http://example.com/HelloWorld 11 hello world"), encoded);
    }

    /// `len(s)` is "the length of s in bytes": a type may be of more bytes than characters.
    @Test
    void lengthsAreInBytes() {
        assertEquals(bytes("DSSEv1 2 é 3 €"), Envelope.preAuthenticationEncoding("é", bytes("€")));
    }

    @Test
    void whatIsWrittenIsRead() {
        var envelope = new Envelope("a/b", bytes("payload"), SignatureValue.of(new byte[] {1, 2, 3}));
        var bundle = new Bundle("hint", envelope);
        var again = Bundle.read(bundle.write()).orElseThrow();
        assertEquals(bundle.write(), again.write());
        assertEquals(bytes("DSSEv1 3 a/b 7 payload"), ((Envelope) again.content()).signed());
    }

    @Test
    void aLogEntryIsAddedAndKept() {
        var bundle = new Bundle("hint", new Envelope("a/b", bytes("payload"), SignatureValue.of(new byte[] {1})));
        var entry = new JsonFields().put("logIndex", "3").toJson();
        var logged = Bundle.read(bundle.logged(entry).write()).orElseThrow();
        assertEquals(List.of(entry), logged.logEntries());
        assertEquals(bundle.logged(entry).write(), logged.write());
        assertEquals(bundle.content(), logged.content());
        assertEquals(List.of(), Bundle.read(bundle.write()).orElseThrow().logEntries());
    }

    @Test
    void aBundleHasThirtyTwoLogEntriesAtMost() {
        var content = new Envelope("a/b", bytes("payload"), SignatureValue.of(new byte[] {1}));
        var entry = new JsonFields().toJson();
        var most = new Bundle("", Collections.nCopies(Bundle.LOG_ENTRIES_MAX, entry), content);
        assertEquals(
                Bundle.LOG_ENTRIES_MAX,
                Bundle.read(most.write()).orElseThrow().logEntries().size());
        var more = Collections.nCopies(Bundle.LOG_ENTRIES_MAX + 1, entry);
        assertThrows(MalformedException.class, () -> new Bundle("", more, content));
        byte[] text = most.write().toArray();
        String longer = new String(text, StandardCharsets.UTF_8).replace("\"tlogEntries\":[", "\"tlogEntries\":[{},");
        assertThrows(MalformedException.class, () -> Bundle.read(bytes(longer)));
    }

    @Test
    void aBundleHasAMebibyteAtMost() {
        var envelope = new Envelope("a/b", bytes("payload"), SignatureValue.of(new byte[] {1, 2, 3}));
        byte[] file = new Bundle("hint", envelope).write().toArray();
        byte[] largest = Arrays.copyOf(file, Signature.BYTES_MAX);
        Arrays.fill(largest, file.length, largest.length, (byte) ' ');
        assertTrue(Bundle.read(Bytes.of(largest)).isPresent());
        byte[] larger = Arrays.copyOf(largest, largest.length + 1);
        larger[largest.length] = ' ';
        assertThrows(MalformedException.class, () -> Bundle.read(Bytes.of(larger)));
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
