// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Measure;
import dev.chancery.packet.Armor;
import dev.chancery.packet.CleartextDocument;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// RFC 9580, section 7: "An implementation that writes a Cleartext Signature Framework message MUST adhere to
/// the following"; section 7.1: "Dash-escaped cleartext is the ordinary cleartext where every line starting
/// with a '-' (HYPHEN-MINUS, U+002D) is prepended by the sequence '-' and ' ' (SPACE, U+0020)."
class CleartextDocumentTest {
    private static final Signature BLOCK = new Signature(
            OpenPgpFormat.DESCRIPTION.name(),
            Encoding.CLEARTEXT,
            bytes(Armor.write(Armor.Kind.SIGNATURE, Vectors.hex("c200"))));

    static List<Vectors.Case> cleartext() {
        return Vectors.cases("cleartext");
    }

    @ParameterizedTest
    @MethodSource
    void cleartext(Vectors.Case vector) {
        vector.judge(file -> {
            var document = CleartextDocument.read(file);
            Armor.read(Armor.Kind.SIGNATURE, document.signature());
            return List.of(document.text());
        });
    }

    /// Section 7.2: "any trailing whitespace -- spaces (0x20) and tabs (0x09) -- at the end of any line is
    /// removed when the cleartext signature is generated", and "The line ending [...] before the '-----BEGIN
    /// PGP SIGNATURE-----' line [...] is not considered part of the signed text." What is hashed when signing
    /// and when reading is the same.
    @Test
    void whatIsSignedIsWhatIsRead() {
        var random = new Random(7);
        String[] pieces = {
            "a", "-", "- ", " ", "\t", "\n", "\r\n", "From ", "é", "-----BEGIN PGP SIGNATURE-----", "\n\n"
        };
        for (int round = 0; round < 3_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            var written = CleartextDocument.write(bytes(text.toString()), BLOCK);
            assertTrue(CleartextDocument.isOne(written));
            var read = CleartextDocument.read(written);
            assertEquals(
                    state(bytes(text.toString()), ContentForm.CLEARTEXT),
                    state(read.text(), ContentForm.TEXT),
                    () -> "of " + text);
            assertEquals(List.of(Vectors.hex("c200")), Armor.read(Armor.Kind.SIGNATURE, read.signature()));
        }
    }

    private static HashState state(Bytes text, ContentForm form) {
        var channel = Channels.newChannel(new ByteArrayInputStream(text.toArray()));
        var measure = Measure.state(DigestAlgorithm.SHA512, form);
        return new ContentPass(new BouncyCastleHashes())
                .measure(channel, Set.of(measure))
                .state(DigestAlgorithm.SHA512, form);
    }

    @Test
    void textThatNobodyCanReadBackIsNotWritten() {
        for (String text : List.of("a\0b", "a\rb", "a\r")) {
            assertThrows(MalformedException.class, () -> CleartextDocument.write(bytes(text), BLOCK));
        }
        assertThrows(MalformedException.class, () -> CleartextDocument.write(Vectors.hex("e9"), BLOCK));
    }

    @Test
    void aDocumentHasSixteenMebibytes() {
        var largest = Bytes.of(new byte[CleartextDocument.BYTES_MAX]);
        var one = assertThrows(MalformedException.class, () -> CleartextDocument.read(largest));
        assertTrue(one.sentence().contains("NUL"), one.sentence());
        var larger = Bytes.of(new byte[CleartextDocument.BYTES_MAX + 1]);
        var other = assertThrows(MalformedException.class, () -> CleartextDocument.read(larger));
        assertTrue(other.sentence().contains("more than 16777216"), other.sentence());
    }

    @Test
    void onlyACleartextSignatureGoesUnderAText() {
        var armored = new Signature(BLOCK.format(), Encoding.ARMOR, BLOCK.bytes());
        assertThrows(IllegalArgumentException.class, () -> CleartextDocument.write(bytes("a"), armored));
    }

    @Test
    void anotherFileIsNoDocument() {
        assertFalse(CleartextDocument.isOne(bytes("")));
        assertFalse(CleartextDocument.isOne(BLOCK.bytes()));
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
