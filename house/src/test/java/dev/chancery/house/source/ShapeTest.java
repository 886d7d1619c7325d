// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.source;

import dev.chancery.house.tree.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {

    private static final List<JavaSource> TREE = JavaParser.parse(Tree.whole());
    private static final List<JavaSource> GUILTY = JavaParser.parse(Tree.guilty("shape"));

    @Test
    void everyPackageOfTheTreeIsSpecified() {
        Shape.specifications(TREE).requireInnocent();
    }

    @Test
    void everyPackageOfTheTreeIsNamedForItsIdea() {
        Shape.names(TREE).requireInnocent();
    }

    @Test
    void everyModuleOfTheTreeIsNullMarked() {
        Shape.modules(TREE).requireInnocent();
    }

    @Test
    void condemnsPackagesThatSpecifyNothing() {
        Shape.specifications(GUILTY)
                .requireGuilty(
                        "lib/core/src/main/java/dev/chancery/core: The comment of package-info.java has 4 lines",
                        "java/dev/chancery/keys/util: The comment of package-info.java has 0 lines");
    }

    @Test
    void condemnsPackagesThatAreDrawers() {
        Shape.names(GUILTY).requireGuilty("dev/chancery/keys/util", "dev/chancery/cli/miscellany");
    }

    @Test
    void condemnsModulesThatAreNotNullMarked() {
        Shape.modules(GUILTY)
                .requireGuilty("lib/core/src/main/java/module-info.java is not annotated", "There is no enclave/keys/");
    }
}
