// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilesTest {
    /// C2SP `tlog-tiles`: "index 1234067 will be encoded as x001/x234/067".
    @Test
    void pathsAreThoseOfTheStandard() {
        assertEquals("tile/0/x001/x234/067.p/8", new TilePath.Hashes(0, 1_234_067, 8).toString());
        assertEquals("tile/entries/000", new TilePath.Entries(0, TilePath.WIDTH).toString());
        assertEquals("tile/63/x001/000.p/255", new TilePath.Hashes(63, 1_000, 255).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/000",
                "tile/0/999.p/1",
                "tile/63/x001/x234/067",
                "tile/entries/x123/456.p/255",
                "tile/7/x001/000"
            })
    void pathsReadBack(String path) {
        assertEquals(path, TilePath.parse(path).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/0",
                "tile/0/00",
                "tile/0/0000",
                "tile/00/000",
                "tile/64/000",
                "tile/-1/000",
                "tile/0/x000/001",
                "tile/0/001/002",
                "tile/0/x001",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p/",
                "tile/0/000/",
                "/tile/0/000",
                "tile/0/../000",
                "tile/data/000",
                "tile/0/x999/x999/x999/x999/x999/999",
                "tile/0/\u0661\u0662\u0663"
            })
    void whatIsNoPath(String path) {
        assertThrows(MalformedException.class, () -> TilePath.parse(path));
    }

    @Test
    void bundlesReadBack() {
        var bundle = new EntryBundle(List.of(Bytes.of(new byte[] {7}), Bytes.of(new byte[0]), Bytes.of(new byte[300])));
        assertEquals(bundle, EntryBundle.parse(bundle.write()));
        assertEquals(
                "000107" + "0000" + "012c" + "00".repeat(300), bundle.write().toString());
        var largest =
                new EntryBundle(Collections.nCopies(TilePath.WIDTH, Bytes.of(new byte[EntryBundle.ENTRY_BYTES_MAX])));
        assertEquals(EntryBundle.BYTES_MAX, largest.write().length());
        assertEquals(largest, EntryBundle.parse(largest.write()));
    }

    @Test
    void whatIsNoBundle() {
        for (byte[] file : new byte[][] {{}, {0}, {0, 1}, {0, 2, 1}, {0, 1, 1, 0}, new byte[2 * TilePath.WIDTH + 2]}) {
            assertThrows(MalformedException.class, () -> EntryBundle.parse(Bytes.of(file)));
        }
        assertEquals(
                TilePath.WIDTH,
                EntryBundle.parse(Bytes.of(new byte[2 * TilePath.WIDTH]))
                        .entries()
                        .size());
    }

    @Test
    void whatIsNoTile() {
        for (int length : new int[] {0, 31, 33, HashTile.BYTES_MAX + TreeHash.BYTES}) {
            assertThrows(MalformedException.class, () -> HashTile.parse(Bytes.of(new byte[length])));
        }
        assertEquals(
                TilePath.WIDTH,
                HashTile.parse(Bytes.of(new byte[HashTile.BYTES_MAX])).hashes().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= ",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoHash(String base64) {
        assertThrows(MalformedException.class, () -> TreeHash.parse(base64));
    }
}
