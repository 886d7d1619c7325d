// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.prose;

import dev.chancery.house.tree.Tree;
import org.junit.jupiter.api.Test;

class DocumentsTest {

    private static final Documents TREE = new Documents(Tree.whole());
    private static final Documents GUILTY = new Documents(Tree.guilty("documents"));

    @Test
    void noLinkOfTheTreeIsDead() {
        TREE.links().requireInnocent();
    }

    @Test
    void theClassesThatTheTreeNamesExist() {
        TREE.classNames().requireInnocent();
    }

    @Test
    void theTestsThatTheTreeNamesExist() {
        TREE.testNames().requireInnocent();
    }

    @Test
    void everyDocumentOfTheTreeCanBeReached() {
        TREE.reachable().requireInnocent();
    }

    @Test
    void condemnsDeadLinks() {
        GUILTY.links()
                .requireGuilty(
                        "README.md: Line 4 links to docs/gone.png",
                        "README.md: Line 5 links to ../elsewhere.md",
                        "README.md: Line 15 links to docs/reference.md",
                        "docs/good.md: Line 7 links to #nowhere",
                        "docs/good.md: Line 7 links to docs/lost.html");
    }

    @Test
    void condemnsClassNamesWithoutAClass() {
        GUILTY.classNames().requireGuilty("README.md: Line 11 names dev.chancery.core.Gone,");
    }

    @Test
    void condemnsTestNamesWithoutATest() {
        GUILTY.testNames()
                .requireGuilty(
                        "README.md: Line 13 names the test GoneTest,", "README.md: Line 13 names the test *GoneIT,");
    }

    @Test
    void condemnsFilesThatNobodyLinksTo() {
        GUILTY.reachable().requireGuilty("docs/island.md", "docs/deep/picture.svg");
    }
}
