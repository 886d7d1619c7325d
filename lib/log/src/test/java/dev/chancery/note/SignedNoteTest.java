// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    /// C2SP `signed-note`, "Example".
    private static final VerifierKey FOO =
            VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

    private static final String SIGNATURE = "\u2014 example.com/foo"
            + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    private static final String EXAMPLE = "This is an example message.\n\n" + SIGNATURE;

    private static SignedNote parse(String note) {
        return SignedNote.parse(NoteText.bytes(note));
    }

    @Test
    void theStandardsExample() {
        var opened = parse(EXAMPLE).open(List.of(FOO));
        assertEquals("This is an example message.\n", opened.text());
        assertEquals(
                List.of(FOO),
                opened.signers().stream().map(VerifiedNote.Signer::key).toList());
        assertEquals(NoteText.bytes(EXAMPLE), parse(EXAMPLE).write());
    }

    /// "The text is separated from the signatures by the last empty line in the note."
    @Test
    void textMayHaveEmptyLines() {
        var signer = SampleSigners.log("example.com/a");
        String text = "one\n\n\ntwo\n";
        var note = new SignedNote(text, List.of(signer.sign(text)));
        var read = SignedNote.parse(note.write());
        assertEquals(text, read.open(List.of(signer.key())).text());
    }

    @Test
    void aKnownKeysFalseSignatureSpoilsTheNote() {
        var other = SampleSigners.log("example.com/a");
        String text = "This is another message.\n";
        var note = parse(text + "\n" + SIGNATURE).with(List.of(other.sign(text)));
        assertEquals(1, note.open(List.of(other.key())).signers().size());
        var no = assertThrows(RefusedException.class, () -> note.open(List.of(other.key(), FOO)));
        assertEquals("note-signature", no.rule());
    }

    /// "Verifiers MUST ignore signatures from unknown keys, even if they share a name or ID (but not both)".
    @Test
    void unknownKeysAreIgnored() {
        var namesake = SampleSigners.log("example.com/a").key();
        var sameName = new VerifierKey(KeyType.ED25519, FOO.name(), namesake.publicKey());
        assertEquals(List.of(), parse(EXAMPLE).open(List.of(namesake, sameName)).signers());
        var sameId = parse(EXAMPLE.replace("example.com/foo", "example.com/bar"));
        assertEquals(List.of(), sameId.open(List.of(FOO)).signers());
    }

    @Test
    void everyChangedBitOfASignatureIsSeen() {
        var signed = parse(EXAMPLE);
        byte[] blob = signed.signatures().getFirst().blob().toArray();
        for (int bit = 0; bit < blob.length * Byte.SIZE; bit++) {
            byte[] changed = blob.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            var line = new NoteSignature(FOO.name(), FOO.id(), Bytes.of(changed));
            var note = new SignedNote(signed.text(), List.of(line));
            assertThrows(RefusedException.class, () -> note.open(List.of(FOO)));
        }
    }

    @Test
    void aSignatureHasSixtyFourBytes() {
        byte[] blob = parse(EXAMPLE).signatures().getFirst().blob().toArray();
        var longer = new NoteSignature(FOO.name(), FOO.id(), Bytes.of(NoteText.joined(blob, new byte[1])));
        var note = new SignedNote("This is an example message.\n", List.of(longer));
        assertThrows(RefusedException.class, () -> note.open(List.of(FOO)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "\n\u2014 a AAAAAAA=\n",
                "text\n\n\u2014 a AAAAAAA=",
                "text\n\n- a AAAAAAA=\n",
                "text\n\n\u2014 a\n",
                "text\n\n\u2014  AAAAAAA=\n",
                "text\n\n\u2014 a b AAAAAAA=\n",
                "text\n\n\u2014 a+b AAAAAAA=\n",
                "text\n\n\u2014 a\u00a0b AAAAAAA=\n",
                "text\n\n\u2014 a AAAAAA==\n",
                "text\n\n\u2014 a AAAAAAA\n",
                "text\n\n\u2014 a AAAAAAB=\n",
                "text\n\n\u2014 a AAAA_AA=\n",
                "text\r\n\n\u2014 a AAAAAAA=\n",
                "te\u0000xt\n\n\u2014 a AAAAAAA=\n",
                "text\n\n\u2014 a AAAAAAA=\n\u2014 b\n"
            })
    void whatIsNoNote(String note) {
        assertThrows(MalformedException.class, () -> parse(note));
    }

    @Test
    void aNoteIsUtf8() {
        byte[] bytes = EXAMPLE.getBytes(StandardCharsets.UTF_8);
        bytes[3] = (byte) 0xff;
        assertThrows(MalformedException.class, () -> SignedNote.parse(Bytes.of(bytes)));
    }

    @Test
    void aNoteHasSixtyFourSignaturesAtMost() {
        String most = "text\n\n" + "\u2014 a AAAAAAA=\n".repeat(SignedNote.SIGNATURES_MAX);
        assertEquals(SignedNote.SIGNATURES_MAX, parse(most).signatures().size());
        assertThrows(MalformedException.class, () -> parse(most + "\u2014 a AAAAAAA=\n"));
        var lines = Collections.nCopies(
                SignedNote.SIGNATURES_MAX + 1, parse(most).signatures().getFirst());
        assertThrows(MalformedException.class, () -> new SignedNote("text\n", lines));
    }

    @Test
    void aNoteHasALimitedLength() {
        String tail = "\n\n\u2014 a AAAAAAA=\n";
        int rest = tail.getBytes(StandardCharsets.UTF_8).length;
        assertEquals(
                1,
                parse("x".repeat(SignedNote.BYTES_MAX - rest) + tail)
                        .signatures()
                        .size());
        assertThrows(MalformedException.class, () -> parse("x".repeat(SignedNote.BYTES_MAX - rest + 1) + tail));
    }

    @Test
    void aNameHasALimitedLength() {
        assertEquals(
                KeyName.BYTES_MAX,
                new KeyName("x".repeat(KeyName.BYTES_MAX)).text().length());
        assertThrows(MalformedException.class, () -> new KeyName("x".repeat(KeyName.BYTES_MAX + 1)));
        assertThrows(MalformedException.class, () -> new KeyName("\u00e9".repeat(KeyName.BYTES_MAX / 2 + 1)));
    }

    /// Those of ML-DSA have 2,420 bytes.
    @Test
    void signaturesOfOtherTypesArePassedOver() {
        var note = parse(EXAMPLE + "\u2014 other " + "A".repeat(3_000) + "\n");
        assertEquals(1, note.open(List.of(FOO)).signers().size());
        assertTrue(note.signatures().get(1).blob().length() > 2_000);
    }
}
