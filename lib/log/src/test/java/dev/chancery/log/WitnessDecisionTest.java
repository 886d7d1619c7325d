// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.note.NoteSignature;
import dev.chancery.note.NoteText;
import dev.chancery.note.SampleSigners;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.InclusionProof;
import dev.chancery.tree.TileFile;
import dev.chancery.tree.TileTree;
import dev.chancery.tree.TreeHash;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What C2SP `tlog-witness` demands of `add-checkpoint`, sentence for sentence.
class WitnessDecisionTest {
    private static final int SIZE = 300;
    private static final SampleLog LOG = SampleLog.of(SIZE);
    private static final TileTree TREE = tree();

    private static TileTree tree() {
        Map<String, Bytes> files = LOG.growth.files().stream()
                .collect(Collectors.toMap(file -> file.path().toString(), TileFile::content));
        return new TileTree(SIZE, path -> Optional.ofNullable(files.get(path.toString())));
    }

    private static WitnessedLog at(int size) {
        return new WitnessedLog(List.of(LOG.key.key()), size, TREE.root(size));
    }

    private static AddCheckpoint request(int from) {
        return new AddCheckpoint(from, TREE.consistency(from, SIZE).path(), LOG.signed());
    }

    private static WitnessDecision decide(AddCheckpoint request, WitnessedLog known) {
        return WitnessDecision.on(
                request.write(), origin -> origin.equals(SampleLog.ORIGIN) ? Optional.of(known) : Optional.empty());
    }

    private static AddCheckpoint of(int old, List<TreeHash> path, Checkpoint checkpoint) {
        return new AddCheckpoint(old, path, checkpoint.sign(LOG.key));
    }

    @Test
    void everySizeLeadsToTheNewOne() {
        for (int size = 0; size <= SIZE; size++) {
            var decision = decide(request(size), at(size));
            assertEquals(new WitnessDecision.Cosign(LOG.checkpoint()), decision);
            assertEquals(200, decision.status());
        }
        assertEquals(
                200,
                decide(request(0), WitnessedLog.unseen(List.of(LOG.key.key()))).status());
        assertEquals(LOG.checkpoint().root(), at(3).at(LOG.checkpoint()).root());
    }

    /// "The response body MUST consist of the tree size of the latest cosigned checkpoint".
    @Test
    void anotherOldSizeIsAConflict() {
        assertEquals(new WitnessDecision.Conflict(7), decide(request(0), at(7)));
        assertEquals(new WitnessDecision.Conflict(0), decide(request(7), at(0)));
        assertEquals(409, decide(request(8), at(7)).status());
    }

    @Test
    void anUnknownOrigin() {
        var other = SampleSigners.log("other.example");
        var note = new Checkpoint("other.example", 3, TREE.root(3)).sign(other);
        var decision = decide(new AddCheckpoint(0, List.of(), note), at(0));
        assertEquals(new WitnessDecision.UnknownLog("other.example"), decision);
        assertEquals(404, decision.status());
    }

    /// "If either no signature from a trusted key for the origin is present, or a signature line's key name
    /// and ID match a trusted key but the signature itself fails to verify".
    @Test
    void nobodyThatIsTrustedSigned() {
        String text = LOG.checkpoint().text();
        var stranger =
                new SignedNote(text, List.of(SampleSigners.log("other.example").sign(text)));
        assertEquals(
                403, decide(new AddCheckpoint(0, List.of(), stranger), at(0)).status());
        var key = LOG.key.key();
        var falseOne = new NoteSignature(key.name(), key.id(), Bytes.of(new byte[64]));
        assertEquals(
                403,
                decide(new AddCheckpoint(0, List.of(), new SignedNote(text, List.of(falseOne))), at(0))
                        .status());
        var both = LOG.signed().with(List.of(falseOne));
        assertEquals(403, decide(new AddCheckpoint(0, List.of(), both), at(0)).status());
    }

    /// "The old size MUST be equal to or lower than the checkpoint size."
    @Test
    void anOldSizeBeyondTheNew() {
        var smaller = of(SIZE, List.of(), new Checkpoint(SampleLog.ORIGIN, 3, TREE.root(3)));
        assertEquals(400, decide(smaller, at(SIZE)).status());
        for (String body : new String[] {"", "old 0\n", "old x\n\n", "new 0\n\n", "old 0\nAAAA\n\n"}) {
            var malformed =
                    WitnessDecision.on(NoteText.bytes(body + LOG.signed().written()), origin -> Optional.empty());
            assertEquals(400, malformed.status(), body);
        }
        var noCheckpoint = new SignedNote("text\n", List.of(LOG.key.sign("text\n")));
        assertEquals(
                400,
                decide(new AddCheckpoint(0, List.of(), noCheckpoint), at(0)).status());
    }

    /// "If the proof is not empty when the old size is zero, or if a Merkle Consistency Proof doesn't
    /// verify"; "a checkpoint of size zero MUST have the root hash of the empty tree"; "the root hashes are
    /// also identical".
    @Test
    void whatIsNotConsistent() {
        var proof = TREE.consistency(7, SIZE).path();
        assertEquals(
                422,
                decide(of(7, proof.subList(1, proof.size()), LOG.checkpoint()), at(7))
                        .status());
        assertEquals(422, decide(of(7, List.of(), LOG.checkpoint()), at(7)).status());
        var forked = new WitnessedLog(List.of(LOG.key.key()), 7, TREE.root(8));
        assertEquals(422, decide(request(7), forked).status());
        assertEquals(422, decide(of(0, proof, LOG.checkpoint()), at(0)).status());
        var nothing = new Checkpoint(SampleLog.ORIGIN, 0, TREE.root(1));
        assertEquals(422, decide(of(0, List.of(), nothing), at(0)).status());
        var other = new Checkpoint(SampleLog.ORIGIN, 7, TREE.root(8));
        assertEquals(409, decide(of(7, List.of(), other), at(7)).status());
        assertInstanceOf(WitnessDecision.OtherRoot.class, decide(of(7, List.of(), other), at(7)));
        assertEquals(
                200,
                decide(of(7, List.of(), new Checkpoint(SampleLog.ORIGIN, 7, TREE.root(7))), at(7))
                        .status());
    }

    /// "The client MUST NOT send more than 63 consistency proof lines."
    @Test
    void limitsOfARequest() {
        var most = Collections.nCopies(InclusionProof.HASHES_MAX, TREE.root(1));
        var request = new AddCheckpoint(0, most, LOG.signed());
        assertEquals(request, AddCheckpoint.parse(request.write()));
        var lines = Collections.nCopies(InclusionProof.HASHES_MAX + 1, TREE.root(1));
        assertThrows(MalformedException.class, () -> new AddCheckpoint(0, lines, LOG.signed()));
        assertThrows(
                MalformedException.class, () -> AddCheckpoint.parse(Bytes.of(new byte[AddCheckpoint.BYTES_MAX + 1])));
    }
}
