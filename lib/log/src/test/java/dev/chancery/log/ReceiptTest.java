// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.note.NoteText;
import dev.chancery.note.SampleSigners;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.InclusionProof;
import dev.chancery.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {
    private static final SampleLog LOG = SampleLog.of(300);

    private static TreeHash leaf(int index) {
        return TreeHash.leaf(LOG.entries.get(index));
    }

    private static void refused(String rule, org.junit.jupiter.api.function.Executable attempt) {
        assertEquals(rule, assertThrows(RefusedException.class, attempt).rule());
    }

    @Test
    void aReceiptTellsIndexAndWitnesses() {
        var file = LOG.receipt(257).write();
        var verified = Receipt.parse(file).verify(leaf(257), LOG.policy());
        assertEquals(257, verified.index());
        assertEquals(leaf(257), verified.leaf());
        assertEquals(LOG.checkpoint(), verified.checkpoint().checkpoint());
        assertEquals(
                List.of("one 2026-03-01T12:00:00Z", "two 2026-03-01T12:00:01Z"),
                verified.checkpoint().cosignatures().stream()
                        .map(one -> one.witness().name() + " " + one.time())
                        .toList());
        assertEquals(file, Receipt.parse(file).write());
    }

    @Test
    void everyEntryHasOne() {
        for (int i = 0; i < LOG.entries.size(); i += 7) {
            assertEquals(i, LOG.receipt(i).verify(leaf(i), LOG.policy()).index());
        }
    }

    @Test
    void whatItDoesNotProveIsRefused() {
        var receipt = LOG.receipt(3);
        refused("inclusion-proof", () -> receipt.verify(leaf(4), LOG.policy()));
        var moved = new Receipt(Optional.empty(), 2, receipt.path(), receipt.note());
        refused("inclusion-proof", () -> moved.verify(leaf(3), LOG.policy()));
        var other = LogPolicy.ofLog(SampleSigners.log("other.example").key());
        refused("log-key", () -> receipt.verify(leaf(3), other));
        var bare = new Receipt(Optional.empty(), 3, receipt.path(), LOG.signed());
        refused("witness-quorum", () -> bare.verify(leaf(3), LOG.policy()));
        assertEquals(3, bare.verify(leaf(3), LogPolicy.ofLog(LOG.key.key())).index());
    }

    /// A key of one log says nothing of another, even when a policy trusts both.
    @Test
    void aLogSignsItsOwnOriginOnly() {
        var stranger = SampleSigners.log("stranger.example");
        String text = LOG.checkpoint().text();
        var note = new SignedNote(text, List.of(stranger.sign(text)));
        var policy = LogPolicy.parse(
                NoteText.bytes("log %s\nlog %s\nquorum none\n".formatted(LOG.key.key(), stranger.key())));
        refused("log-key", () -> policy.open(note));
        assertThrows(MalformedException.class, () -> LOG.checkpoint().sign(stranger));
    }

    @Test
    void extraDataIsKeptAndNotBelieved() {
        var receipt = LOG.receipt(1);
        var extra = new Receipt(Optional.of(NoteText.bytes("anything")), 1, receipt.path(), receipt.note());
        var read = Receipt.parse(extra.write());
        assertEquals(Optional.of(NoteText.bytes("anything")), read.extra());
        assertEquals(1, read.verify(leaf(1), LOG.policy()).index());
    }

    /// No bit can be changed but those that say who else signed: there is nobody else here.
    @Test
    void everyChangedBitIsSeen() {
        var small = SampleLog.of(3);
        var policy = LogPolicy.ofLog(small.key.key());
        byte[] file =
                Receipt.of(small.growth.inclusion(1), small.signed()).write().toArray();
        for (int bit = 0; bit < file.length * Byte.SIZE; bit++) {
            byte[] changed = file.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThrows(
                    ChanceryException.class,
                    () -> Receipt.parse(Bytes.of(changed)).verify(leaf(1), policy),
                    () -> new String(changed, StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "c2sp.org/tlog-proof@v1\n\nNOTE",
                "c2sp.org/tlog-proof@v2\nindex 0\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 00\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex -1\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex +1\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\nextra AA==\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nextra AA\nindex 0\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nextra AA==\nextra AA==\nindex 0\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\n\n"
            })
    void whatIsNoReceipt(String text) {
        String file = text.replace("NOTE", LOG.signed().written());
        assertThrows(
                MalformedException.class,
                () -> Receipt.parse(NoteText.bytes(file)).verify(leaf(0), LogPolicy.ofLog(LOG.key.key())));
    }

    @Test
    void limitsOfAReceipt() {
        var hashes = Collections.nCopies(InclusionProof.HASHES_MAX, leaf(0));
        var most = new Receipt(Optional.empty(), 0, hashes, LOG.signed());
        assertEquals(most, Receipt.parse(most.write()));
        var more = Collections.nCopies(InclusionProof.HASHES_MAX + 1, leaf(0));
        assertThrows(MalformedException.class, () -> new Receipt(Optional.empty(), 0, more, LOG.signed()));
        String head = "c2sp.org/tlog-proof@v1\nextra ";
        String tail = "\nindex 0\n\n" + LOG.signed().written();
        int length = NoteText.bytes(head + tail).length();
        int room = (Receipt.BYTES_MAX - length) / 4 * 4;
        assertEquals(
                0, Receipt.parse(NoteText.bytes(head + "A".repeat(room) + tail)).index());
        String longer = head + "A".repeat(room + 4) + tail;
        assertThrows(MalformedException.class, () -> Receipt.parse(NoteText.bytes(longer)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "log.example\n0\n",
                "log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "log.example\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "log.example\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "log.example\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "log.example\n0\n47DEQpj8HBSa\n",
                "log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n"
            })
    void whatIsNoCheckpoint(String text) {
        assertThrows(MalformedException.class, () -> Checkpoint.parse(text));
    }

    @Test
    void checkpointsReadBack() {
        var most = Collections.nCopies(Checkpoint.EXTENSIONS_MAX, "extension");
        var origin = "o".repeat(Checkpoint.ORIGIN_BYTES_MAX);
        var checkpoint = new Checkpoint(origin, Long.MAX_VALUE, TreeHash.empty(), most);
        assertEquals(checkpoint, Checkpoint.parse(checkpoint.text()));
        assertThrows(MalformedException.class, () -> Checkpoint.parse(checkpoint.text() + "one more\n"));
        assertThrows(MalformedException.class, () -> new Checkpoint(origin + "o", 0, TreeHash.empty()));
    }
}
