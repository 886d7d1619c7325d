// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.log;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.log.Checkpoint;
import dev.chancery.log.LogPolicy;
import dev.chancery.log.Receipt;
import dev.chancery.note.NoteSigner;
import dev.chancery.note.SignedNote;
import dev.chancery.server.cosigning.Witnesses;
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
    private final Witnesses witnesses;
    /// The tree as it was published last by this server; read again when another one has gone on.
    private TreeEdge edge = TreeEdge.empty();
    /// What was read of a publication last: it is asked for once for each of its entries.
    private Optional<Read> read = Optional.empty();
    /// Proofs of what this server published last need no tile.
    private Optional<dev.chancery.tree.Growth> grown = Optional.empty();

    /// A publication whose checkpoint is signed by the log's key.
    private record Read(Publication publication, SignedNote note, Checkpoint checkpoint) {}

    LogPublisher(TileFolder folder, NoteSigner key, Witnesses witnesses) {
        this.folder = folder;
        this.key = key;
        this.witnesses = witnesses;
    }

    @Override
    public String publish(Growth growth) {
        grow(edgeOf(growth.published()), growth.size(), growth.ledger());
        var checkpoint = new Checkpoint(key.key().name().text(), edge.size(), edge.root());
        var note = witnesses.cosigned(checkpoint.sign(key), folder);
        String text = note.written();
        read = Optional.of(new Read(new Publication(edge.size(), Optional.of(text)), note, checkpoint));
        return text;
    }

    private void grow(TreeEdge from, long size, Ledger ledger) {
        var next = from;
        grown = Optional.empty();
        while (next.size() < size) {
            long until = Math.min(size, next.size() + TreeEdge.BATCH_ENTRIES_MAX);
            var step = next.grow(leaves(ledger, next.size(), until));
            folder.write(step.files());
            grown = Optional.of(step);
            next = step.next();
        }
        edge = next;
    }

    /// Makes ready what was published. A folder without a checkpoint was lost, one without the tree's right edge is an
    /// older one: all is written again, for the store has every entry.
    ///
    /// Throws `RefusedException` (`log-fork`) when the entries do not lead to the root that was published, and
    /// `UnavailableException` when a tile is there with other bytes.
    void open(Publication published, Ledger ledger) {
        if (folder.checkpoint().isEmpty()) {
            rebuild(published, ledger);
            return;
        }
        try {
            edge = edgeOf(published);
        } catch (MalformedException e) {
            rebuild(published, ledger);
        }
        folder.mend(edge.files());
    }

    private void rebuild(Publication published, Ledger ledger) {
        TreeHash root = read(published).checkpoint().root();
        grow(TreeEdge.empty(), published.size(), ledger);
        if (!edge.root().equals(root)) {
            throw new RefusedException(
                    "log-fork",
                    "the store's %d entries lead to the root %s, and its checkpoint says %s"
                            .formatted(published.size(), edge.root(), root));
        }
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
        TreeHash root = read(published).checkpoint().root();
        return edge.size() == published.size() && edge.root().equals(root)
                ? edge
                : TreeEdge.open(published.size(), root, folder);
    }

    /// What we once signed ourselves, and nobody else.
    private Read read(Publication published) {
        return read.filter(known -> known.publication().equals(published)).orElseGet(() -> {
            var note = note(published);
            var fresh = new Read(
                    published, note, LogPolicy.ofLog(key.key()).open(note).checkpoint());
            read = Optional.of(fresh);
            return fresh;
        });
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
        return withLeaf(leaf, proof, read(published).note());
    }

    /// With the leaf in it: what is proved can be read then, and not only compared.
    static Receipt withLeaf(Bytes leaf, InclusionProof proof, SignedNote note) {
        return new Receipt(Optional.of(leaf), proof.index(), proof.path(), note);
    }
}
