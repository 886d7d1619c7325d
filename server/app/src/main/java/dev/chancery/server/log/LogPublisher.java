// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.log;

import dev.chancery.core.Bytes;
import dev.chancery.core.RefusedException;
import dev.chancery.log.Checkpoint;
import dev.chancery.log.LogPolicy;
import dev.chancery.log.Receipt;
import dev.chancery.note.NoteSigner;
import dev.chancery.note.SignedNote;
import dev.chancery.note.VerifierKey;
import dev.chancery.store.ledger.Growth;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.store.ledger.Publication;
import dev.chancery.store.ledger.Publisher;
import dev.chancery.tree.InclusionProof;
import dev.chancery.tree.TileTree;
import dev.chancery.tree.TreeEdge;
import dev.chancery.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the tiles of what was appended, and signs the root that they lead to. For the sequencer's thread;
/// receipts for others come from [Receipts].
final class LogPublisher implements Publisher {
    private final TileFolder folder;
    private final NoteSigner key;
    /// The tree as it was published last by this server; read again when another one has gone on.
    private TreeEdge edge = TreeEdge.empty();
    /// Proofs of what this server published last need no tile.
    private Optional<dev.chancery.tree.Growth> grown = Optional.empty();

    LogPublisher(TileFolder folder, NoteSigner key) {
        this.folder = folder;
        this.key = key;
    }

    @Override
    public String publish(Growth growth) {
        var next = edgeOf(growth.published());
        grown = Optional.empty();
        while (next.size() < growth.size()) {
            long until = Math.min(growth.size(), next.size() + TreeEdge.BATCH_ENTRIES_MAX);
            var step = next.grow(leaves(growth.ledger(), next.size(), until));
            folder.write(step.files());
            grown = Optional.of(step);
            next = step.next();
        }
        edge = next;
        return new Checkpoint(key.key().name().text(), edge.size(), edge.root())
                .sign(key)
                .written();
    }

    private static List<Bytes> leaves(Ledger ledger, long from, long to) {
        var leaves = new ArrayList<Bytes>();
        ledger.leaves(from, to, (index, hash, leaf) -> leaves.add(leaf));
        return leaves;
    }

    /// The tree that was published: the one in memory, or what its tiles say and its checkpoint confirms.
    private TreeEdge edgeOf(Publication published) {
        if (published.size() == 0) {
            return TreeEdge.empty();
        }
        TreeHash root = checkpoint(published, key.key()).root();
        return edge.size() == published.size() && edge.root().equals(root)
                ? edge
                : TreeEdge.open(published.size(), root, folder);
    }

    /// What we once signed ourselves, and nobody else.
    static Checkpoint checkpoint(Publication published, VerifierKey key) {
        return LogPolicy.ofLog(key).open(note(published)).checkpoint();
    }

    static SignedNote note(Publication published) {
        String text = published
                .checkpoint()
                .orElseThrow(() -> new RefusedException("log-empty", "the log has no checkpoint yet"));
        return SignedNote.parse(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// A receipt against what is published.
    Receipt receipt(long index, Bytes leaf, Publication published) {
        var mine = grown.filter(last -> last.size() == published.size() && last.oldSize() <= index);
        InclusionProof proof = mine.isPresent()
                ? mine.get().inclusion(index)
                : new TileTree(published.size(), folder).inclusion(index, published.size());
        return withLeaf(leaf, proof, note(published));
    }

    /// With the leaf in it: what is proved can be read then, and not only compared.
    static Receipt withLeaf(Bytes leaf, InclusionProof proof, SignedNote note) {
        return new Receipt(Optional.of(leaf), proof.index(), proof.path(), note);
    }
}
