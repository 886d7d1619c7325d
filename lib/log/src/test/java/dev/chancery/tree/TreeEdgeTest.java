// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeEdgeTest {
    private static final TreeAudit.Entries ANY = (index, entry) -> {};

    /// C2SP `tlog-tiles`: "a tree of size 70,000 will be represented by 273 full level 0 tiles, one partial
    /// level 0 tile of width 112, one full level 1 tile, one partial level 1 tile of width 17, and one
    /// partial level 2 tile of width 1".
    @Test
    void theTilesOfTheStandardsExample() {
        var edge = TreeEdge.empty().grow(Reference.entries(0, 60_000)).next();
        var growth = edge.grow(Reference.entries(60_000, 70_000));
        var tiles = new MemoryTiles();
        tiles.grow(TreeEdge.empty(), 70_000, 65_536);
        assertEquals(70_000, growth.size());
        var names = tiles.files.keySet();
        assertEquals(
                273,
                names.stream().filter(name -> name.matches("tile/0/[0-9]+")).count());
        assertEquals(
                List.of(
                        "tile/0/273.p/112",
                        "tile/1/000",
                        "tile/1/001.p/17",
                        "tile/2/000.p/1",
                        "tile/entries/273.p/112"),
                growth.files().stream()
                        .map(file -> file.path().toString())
                        .filter(name -> !name.matches("tile/(0|entries)/[0-9]+"))
                        .sorted()
                        .toList());
        assertEquals(growth.root(), new TileTree(70_000, tiles).root(70_000));
    }

    /// "Note that a tree of size 256 will be represented by a full level 0 tile and a partial level 1 tile of
    /// width 1."
    @ParameterizedTest
    @CsvSource({
        "1,'tile/0/000.p/1 tile/entries/000.p/1'",
        "255,'tile/0/000.p/255 tile/entries/000.p/255'",
        "256,'tile/0/000 tile/1/000.p/1 tile/entries/000'",
        "257,'tile/0/000 tile/0/001.p/1 tile/1/000.p/1 tile/entries/000 tile/entries/001.p/1'"
    })
    void theTilesOfSmallTrees(int size, String expected) {
        assertEquals(expected, String.join(" ", MemoryTiles.of(size, size).files.keySet()));
    }

    @Test
    void everySizeUpTo300() {
        var edge = TreeEdge.empty();
        var tiles = new MemoryTiles();
        var leaves = Reference.leaves(300);
        for (int size = 1; size <= 300; size++) {
            var growth = edge.grow(Reference.entries(size - 1, size));
            tiles.write(growth.files());
            TreeHash root = Reference.root(leaves.subList(0, size));
            assertEquals(root, growth.root());
            assertEquals(root, growth.next().root());
            growth.inclusion(size - 1).verify(leaves.get(size - 1), root);
            assertEquals(root, TreeEdge.open(size, root, tiles).root());
            edge = growth.next();
        }
    }

    /// However the entries come, the tree is the same, its tiles are never changed, and the new entries are
    /// proved.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void batchesOfAnyLength(long seed) {
        var random = new Random(seed);
        var tiles = new MemoryTiles();
        var edge = TreeEdge.empty();
        while (edge.size() < 3_000) {
            int batch = 1 + random.nextInt(random.nextBoolean() ? 5 : 700);
            var growth = edge.grow(Reference.entries(edge.size(), edge.size() + batch));
            tiles.write(growth.files());
            long newSize = growth.size();
            for (long index : new long[] {growth.oldSize(), growth.oldSize() + batch / 2, newSize - 1}) {
                var proof = growth.inclusion(index);
                proof.verify(TreeHash.leaf(Reference.entry(index)), growth.root());
                assertEquals(new TileTree(newSize, tiles).inclusion(index, newSize), proof);
            }
            edge = random.nextBoolean() ? growth.next() : TreeEdge.open(newSize, growth.root(), tiles);
        }
        assertEquals(Reference.root(Reference.leaves(edge.size())), edge.root());
        assertEquals(edge.root(), new TreeAudit(tiles, ANY).run(edge.size()).root());
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537, 65_792, 131_072})
    void aroundTheBordersOfTiles(int size) {
        var tiles = new MemoryTiles();
        var grown = tiles.grow(TreeEdge.empty(), size, 10_007);
        var tree = new TileTree(size, tiles);
        assertEquals(grown.root(), tree.root(size));
        assertEquals(grown.root(), Reference.root(Reference.leaves(size)));
        for (long index : new long[] {0, 255, 256, 65_279, 65_534, size - 1}) {
            tree.inclusion(index, size).verify(TreeHash.leaf(Reference.entry(index)), grown.root());
        }
        for (long oldSize : new long[] {1, 255, 256, 257, 65_280, 65_535, size - 1}) {
            tree.consistency(oldSize, size).verify(tree.root(oldSize), grown.root());
        }
        var next = TreeEdge.open(size, grown.root(), tiles).grow(Reference.entries(size, size + 300));
        next.inclusion(size).verify(TreeHash.leaf(Reference.entry(size)), next.root());
        assertEquals(Reference.root(Reference.leaves(size + 300)), next.root());
    }

    /// A tree of 2^40 entries is not at hand: what its right edge would be is, with any hashes in it.
    @ParameterizedTest
    @ValueSource(longs = {16_777_215, 16_777_216, 16_777_217, 4_294_967_295L, 4_294_967_296L, (1L << 40) - 2})
    void aroundTheBordersOfTreesThatAreNotAtHand(long size) {
        TileSource edgeOnly = TreeEdgeTest::anyTile;
        var root = new TileTree(size, edgeOnly).root(size);
        var growth = TreeEdge.open(size, root, edgeOnly).grow(Reference.entries(0, 2));
        growth.inclusion(size).verify(TreeHash.leaf(Reference.entry(0)), growth.root());
        growth.inclusion(size + 1).verify(TreeHash.leaf(Reference.entry(1)), growth.root());
    }

    private static Optional<Bytes> anyTile(TilePath path) {
        var entries = Reference.entries(0, path.width());
        return Optional.of(
                switch (path) {
                    case TilePath.Entries bundle -> new EntryBundle(entries).write();
                    case TilePath.Hashes tile ->
                        new HashTile(entries.stream().map(TreeHash::leaf).toList()).write();
                });
    }

    @Test
    void anEdgeIsOpenedOnlyOnItsRootAndEntries() {
        var tiles = MemoryTiles.of(700, 700);
        TreeHash root = new TileTree(700, tiles).root(700);
        assertEquals(700, TreeEdge.open(700, root, tiles).size());
        assertThrows(MalformedException.class, () -> TreeEdge.open(700, TreeHash.empty(), tiles));
        assertThrows(MalformedException.class, () -> TreeEdge.open(699, root, tiles));
        for (String path : List.of("tile/0/002.p/188", "tile/1/000.p/2", "tile/entries/002.p/188")) {
            var broken = MemoryTiles.of(700, 700);
            broken.changeBit(path, 100);
            var fault = assertThrows(MalformedException.class, () -> TreeEdge.open(700, root, broken));
            assertTrue(fault.sentence().contains("log"), fault::sentence);
            broken.files.remove(path);
            assertThrows(MalformedException.class, () -> TreeEdge.open(700, root, broken));
        }
    }

    /// "Logs ... MAY delete any partial tile once the corresponding full tile is ... available".
    @Test
    void aFullTileStandsForItsBeginning() {
        var tiles = MemoryTiles.of(700, 700);
        TreeHash root = new TileTree(700, tiles).root(700);
        tiles.grow(TreeEdge.open(700, root, tiles), 768, 68);
        tiles.files.remove("tile/0/002.p/188");
        tiles.files.remove("tile/entries/002.p/188");
        assertEquals(root, TreeEdge.open(700, root, tiles).root());
        assertEquals(root, new TreeAudit(tiles, ANY).run(700).root());
    }

    @Test
    void anAuditSeesEveryChangedFile() {
        var whole = MemoryTiles.of(700, 700);
        var names = whole.files.keySet().stream().collect(Collectors.toList());
        assertEquals(7, names.size());
        for (String name : names) {
            var broken = MemoryTiles.of(700, 700);
            broken.changeBit(name, 77);
            var fault = assertThrows(MalformedException.class, () -> new TreeAudit(broken, ANY).run(700));
            assertTrue(
                    fault.sentence().contains(name.replace("entries", "0")) || name.contains("entries"),
                    fault::sentence);
            broken.files.remove(name);
            var lack = assertThrows(MalformedException.class, () -> new TreeAudit(broken, ANY).run(700));
            assertEquals("the log lacks " + name, lack.sentence());
        }
    }

    /// From whatever edge an audit goes on, it shows what came after it and ends where a whole one does.
    @Test
    void anAuditGoesOnFromAnEdge() {
        var tiles = MemoryTiles.of(700, 700);
        var tree = new TileTree(700, tiles);
        for (int from : new int[] {0, 1, 255, 256, 257, 511, 512, 699, 700}) {
            var edge = new TreeAudit(MemoryTiles.of(from, from), ANY).run(from);
            var shown = new java.util.ArrayList<Long>();
            var audit = new TreeAudit(tiles, (index, entry) -> {
                assertEquals(Reference.entry(index), entry);
                shown.add(index);
            });
            assertEquals(tree.root(700), audit.resume(edge, 700).root());
            assertEquals(700 - from, shown.size());
            if (from > 0) {
                assertThrows(MalformedException.class, () -> audit.resume(edge, from - 1));
            }
        }
    }

    @Test
    void limitsOfBatchesAndEntries() {
        var edge = TreeEdge.empty();
        assertThrows(MalformedException.class, () -> edge.grow(List.of()));
        var small = Bytes.of(new byte[0]);
        assertEquals(
                TreeEdge.BATCH_ENTRIES_MAX,
                edge.grow(Collections.nCopies(TreeEdge.BATCH_ENTRIES_MAX, small))
                        .size());
        var more = Collections.nCopies(TreeEdge.BATCH_ENTRIES_MAX + 1, small);
        assertThrows(MalformedException.class, () -> edge.grow(more));
        assertEquals(
                1,
                edge.grow(List.of(Bytes.of(new byte[EntryBundle.ENTRY_BYTES_MAX])))
                        .size());
        var longer = Bytes.of(new byte[EntryBundle.ENTRY_BYTES_MAX + 1]);
        assertThrows(MalformedException.class, () -> edge.grow(List.of(longer)));
        assertThrows(MalformedException.class, () -> new TileTree(TreeHash.SIZE_MAX + 1, path -> Optional.empty()));
        var growth = edge.grow(List.of(small));
        assertThrows(MalformedException.class, () -> growth.inclusion(1));
        assertThrows(
                MalformedException.class,
                () -> growth.next().grow(List.of(small)).inclusion(0));
    }
}
