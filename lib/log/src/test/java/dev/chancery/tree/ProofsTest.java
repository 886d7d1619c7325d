// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Proofs out of tiles, against the definitions, and against everything that they must not prove.
class ProofsTest {
    private static final int SIZES = 300;
    private static final List<TreeHash> LEAVES = Reference.leaves(SIZES);
    private static final TileTree TREE = new TileTree(SIZES, MemoryTiles.of(SIZES, SIZES));

    private static final List<TreeHash> ROOTS = IntStream.rangeClosed(0, SIZES)
            .mapToObj(size -> Reference.root(LEAVES.subList(0, size)))
            .toList();

    private static TreeHash root(int size) {
        return ROOTS.get(size);
    }

    /// "The hash of an empty list is the hash of an empty string": FIPS 180-4.
    @Test
    void anEmptyTree() {
        assertEquals(
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", TreeHash.empty().toString());
        assertEquals(TreeHash.empty(), TREE.root(0));
        assertThrows(MalformedException.class, () -> TREE.inclusion(0, 0));
    }

    @Test
    void everyEntryOfEverySizeIsProvedAsTheStandardSays() {
        for (int size = 1; size <= SIZES; size++) {
            TreeHash root = root(size);
            assertEquals(root, TREE.root(size));
            for (int index = 0; index < size; index++) {
                var proof = TREE.inclusion(index, size);
                if (size <= 34 || size == SIZES) {
                    assertEquals(Reference.path(index, LEAVES.subList(0, size)), proof.path());
                }
                proof.verify(LEAVES.get(index), root);
            }
        }
    }

    @Test
    void everySizeIsProvedToBeginEveryLargerOne() {
        for (int newSize = 0; newSize <= SIZES; newSize++) {
            TreeHash root = root(newSize);
            for (int oldSize = 0; oldSize <= newSize; oldSize++) {
                TREE.consistency(oldSize, newSize).verify(root(oldSize), root);
            }
        }
    }

    @Test
    void anInclusionProofForAnotherPlaceOrSizeFails() {
        for (int size = 1; size <= 40; size++) {
            TreeHash root = root(size);
            for (int index = 0; index < size; index++) {
                var path = TREE.inclusion(index, size).path();
                for (int other = 0; other <= size; other++) {
                    if (other != index) {
                        fails(new InclusionProof(other, size, path), LEAVES.get(index), root);
                    }
                }
                assertThrowsUnlessSameShape(index, size, path);
            }
        }
    }

    /// A proof does not say the tree's size: where the way up has the same turns, it holds for another size
    /// too, and it is the checkpoint that tells. With a longer or a shorter path it never holds.
    private static void assertThrowsUnlessSameShape(int index, int size, List<TreeHash> path) {
        var longer = new ArrayList<>(path);
        longer.add(LEAVES.getFirst());
        fails(new InclusionProof(index, size, longer), LEAVES.get(index), root(size));
        if (!path.isEmpty()) {
            var shorter = path.subList(0, path.size() - 1);
            fails(new InclusionProof(index, size, shorter), LEAVES.get(index), root(size));
        }
    }

    private static void fails(InclusionProof proof, TreeHash leaf, TreeHash root) {
        assertThrows(RefusedException.class, () -> proof.verify(leaf, root), proof::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 33, 257, 300})
    void everyChangedBitOfAnInclusionProofIsSeen(int size) {
        TreeHash root = root(size);
        for (int index : new int[] {0, size / 2, size - 1}) {
            var proof = TREE.inclusion(index, size);
            for (int i = 0; i < proof.path().size(); i++) {
                for (TreeHash changed : changes(proof.path().get(i))) {
                    var path = new ArrayList<>(proof.path());
                    path.set(i, changed);
                    fails(new InclusionProof(index, size, path), LEAVES.get(index), root);
                }
            }
            changes(root).forEach(changed -> fails(proof, LEAVES.get(index), changed));
            changes(LEAVES.get(index)).forEach(changed -> fails(proof, changed, root));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 33, 257, 300})
    void everyChangedBitOfAConsistencyProofIsSeen(int size) {
        for (int oldSize : new int[] {1, size / 2, size - 1}) {
            var proof = TREE.consistency(oldSize, size);
            for (int i = 0; i < proof.path().size(); i++) {
                for (TreeHash changed : changes(proof.path().get(i))) {
                    var path = new ArrayList<>(proof.path());
                    path.set(i, changed);
                    fails(new ConsistencyProof(oldSize, size, path), root(oldSize), root(size));
                }
            }
            changes(root(size)).forEach(changed -> fails(proof, root(oldSize), changed));
            changes(root(oldSize)).forEach(changed -> fails(proof, changed, root(size)));
            var shorter = proof.path().subList(0, proof.path().size() - 1);
            fails(new ConsistencyProof(oldSize, size, shorter), root(oldSize), root(size));
            var longer = new ArrayList<>(proof.path());
            longer.add(root(1));
            fails(new ConsistencyProof(oldSize, size, longer), root(oldSize), root(size));
        }
    }

    private static void fails(ConsistencyProof proof, TreeHash oldRoot, TreeHash newRoot) {
        assertThrows(RefusedException.class, () -> proof.verify(oldRoot, newRoot), proof::toString);
    }

    private static List<TreeHash> changes(TreeHash hash) {
        var all = new ArrayList<TreeHash>();
        for (int bit = 0; bit < TreeHash.BYTES * Byte.SIZE; bit++) {
            byte[] bytes = hash.toArray();
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            all.add(TreeHash.of(bytes));
        }
        return all;
    }

    @Test
    void nothingIsProvedBetweenEqualSizesAndFromNone() {
        new ConsistencyProof(0, 7, List.of()).verify(TreeHash.empty(), root(7));
        new ConsistencyProof(7, 7, List.of()).verify(root(7), root(7));
        fails(new ConsistencyProof(7, 7, List.of()), root(6), root(7));
        fails(new ConsistencyProof(7, 7, List.of(root(1))), root(7), root(7));
        fails(new ConsistencyProof(0, 7, List.of(root(1))), TreeHash.empty(), root(7));
        fails(new ConsistencyProof(0, 7, List.of()), root(1), root(7));
        fails(new ConsistencyProof(0, 0, List.of()), TreeHash.empty(), root(7));
        fails(new ConsistencyProof(3, 7, List.of()), root(3), root(7));
    }

    @Test
    void limitsOfProofs() {
        var most = Collections.nCopies(InclusionProof.HASHES_MAX, root(1));
        var more = Collections.nCopies(InclusionProof.HASHES_MAX + 1, root(1));
        assertEquals(most, new InclusionProof(0, 1, most).path());
        assertEquals(most, new ConsistencyProof(0, 1, most).path());
        assertThrows(MalformedException.class, () -> new InclusionProof(0, 1, more));
        assertThrows(MalformedException.class, () -> new ConsistencyProof(0, 1, more));
        assertThrows(MalformedException.class, () -> new InclusionProof(-1, 1, most));
        assertThrows(MalformedException.class, () -> new ConsistencyProof(2, 1, most));
        assertThrows(MalformedException.class, () -> TREE.root(SIZES + 1));
        assertThrows(MalformedException.class, () -> TREE.consistency(1, SIZES + 1));
        assertThrows(MalformedException.class, () -> TREE.consistency(2, 1));
    }
}
