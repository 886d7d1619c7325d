// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeTest {

    @Test
    void theWholeTreeHoldsThisFileAndNoFixture() {
        var tree = Tree.whole();
        assertTrue(tree.has("house/src/test/java/dev/chancery/house/tree/TreeTest.java"));
        assertTrue(tree.has("house/src/test"));
        assertTrue(tree.has("house/src/test/"));
        assertFalse(tree.has("house/src/tes"));
        assertEquals(List.of(), tree.matching(".*/guilty/.*\\.md"));
        assertEquals(List.of(), tree.matching("(.*/)?target/.*"));
    }

    @Test
    void withoutGitAllFilesCountButThoseOfTarget(@TempDir Path root) throws IOException {
        for (var file : List.of("b.md", "a/c.md", "a/target/d.md", "target/e.md")) {
            Files.createDirectories(root.resolve(file).resolve(".."));
            Files.writeString(root.resolve(file), "text");
        }
        assertEquals(List.of("a/c.md", "b.md"), Tree.at(root).files());
    }
}
