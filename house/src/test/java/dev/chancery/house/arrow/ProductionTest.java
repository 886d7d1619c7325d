// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.house.tree.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductionTest {

    @Test
    void holdsProductionAndNoTests() {
        var classes = Production.of(Tree.whole());
        assertTrue(classes.contain("dev.chancery.core.Digest"));
        assertFalse(classes.contain(ProductionTest.class));
    }

    @Test
    void condemnsATreeThatIsNotCompiled() {
        var uncompiled = Tree.guilty("uncompiled");
        var error = assertThrows(AssertionError.class, () -> Production.of(uncompiled));
        assertTrue(error.toString().contains("lib/core is not compiled"), error.toString());
    }

    @Test
    void readsTheLayoutFromTheSources() {
        var layout = Production.layout(Tree.guilty("uncompiled"));
        assertEquals(new Layout("dev.chancery", List.of("dev.chancery.core"), List.of()), layout);
    }
}
