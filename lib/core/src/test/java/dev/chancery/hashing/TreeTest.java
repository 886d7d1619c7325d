// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeTest {
    private static final Digest ONE = Digest.parse(DigestAlgorithm.SHA256, "1".repeat(64));
    private static final Digest TWO = Digest.parse(DigestAlgorithm.SHA256, "2".repeat(64));

    private static Tree tree(String... paths) {
        var files = new TreeMap<String, Digest>();
        for (String path : paths) {
            files.put(path, ONE);
        }
        return Tree.of(files);
    }

    private static List<String> paths(Tree tree) {
        var paths = new ArrayList<String>();
        tree.forEach((path, digest) -> paths.add(path));
        return paths;
    }

    @Test
    void inTheOrderOfTheirParts() {
        assertEquals(List.of("a/b", "a/c/d", "a b", "a-b", "b"), paths(tree("b", "a-b", "a b", "a/c/d", "a/b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/..", "a/../b", "a\0b"})
    void everyPathLiesWithin(String path) {
        var e = assertThrows(MalformedException.class, () -> tree("x", path));
        assertTrue(e.sentence().endsWith("is not that of a file within its tree"), e.sentence());
    }

    @Test
    void namesThatOnlyLookDangerous() {
        assertEquals(4, tree("...", "..a", ".git", "a\\..\\b").size());
    }

    @Test
    void nothingIsAFileAndADirectory() {
        assertThrows(MalformedException.class, () -> tree("a/b", "a/b/c/d"));
        tree("a/b", "a/bc/d");
    }

    @Test
    void pathsAndFilesUpToTheirLimit() {
        tree("x".repeat(Tree.PATH_BYTES_MAX));
        assertThrows(MalformedException.class, () -> tree("x".repeat(Tree.PATH_BYTES_MAX + 1)));
        assertThrows(MalformedException.class, () -> tree("é".repeat(Tree.PATH_BYTES_MAX / 2) + "x"));
        var files = new TreeMap<String, Digest>();
        assertThrows(MalformedException.class, () -> Tree.of(files));
        for (int i = 0; i < Tree.FILES_MAX; i++) {
            files.put("f" + i, ONE);
        }
        assertEquals(Tree.FILES_MAX, Tree.of(files).size());
        files.put("more", ONE);
        assertThrows(MalformedException.class, () -> Tree.of(files));
    }

    @Test
    void onlySha256() {
        var other = new TreeMap<String, Digest>();
        other.put("a", new Digest(DigestAlgorithm.SHA512, new byte[64]));
        assertThrows(MalformedException.class, () -> Tree.of(other));
    }

    @Test
    void withoutWhatIsIgnored() {
        var all = tree(".git/config", ".gitignore", "a", "b/.git/x", "model.sig");
        assertEquals(List.of(".gitignore", "a", "b/.git/x"), paths(all.without(List.of(".git", "model.sig", "none"))));
        assertEquals(0, tree("a/b").without(List.of("a")).size());
        assertEquals(tree("ab"), tree("a/b", "ab").without(List.of("a")));
    }

    @Test
    void saysWhatIsDifferent() {
        assertEquals("", tree("a", "b").differenceTo(tree("b", "a")));
        assertEquals("file \"b\" is missing", tree("a", "b").differenceTo(tree("a")));
        assertEquals("file \"b\" is there and not in the statement", tree("a").differenceTo(tree("a", "b")));
        var changed = new TreeMap<String, Digest>();
        changed.put("a", TWO);
        assertEquals("file \"a\" has other content", tree("a").differenceTo(Tree.of(changed)));
        assertFalse(tree("a").equals(Tree.of(changed)));
    }

    /// A directory has no digest: else a file with the right bytes could pass for it.
    @Test
    void ofADirectoryNothingElseIsKnown() {
        var measured = Measured.of(tree("a"));
        assertEquals(tree("a"), measured.tree());
        assertTrue(measured.has(Measure.tree()));
        assertFalse(measured.has(Measure.digest(DigestAlgorithm.SHA256)));
        assertFalse(measured.has(Measure.content()));
        assertThrows(MalformedException.class, () -> measured.digest(DigestAlgorithm.SHA256));
        assertThrows(MalformedException.class, measured::content);
    }
}
