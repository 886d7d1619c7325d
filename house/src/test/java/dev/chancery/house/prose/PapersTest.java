// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.prose;

import dev.chancery.house.tree.Tree;
import org.junit.jupiter.api.Test;

class PapersTest {

    @Test
    void theTreeCarriesItsPapers() {
        Papers.over(Tree.whole()).requireInnocent();
    }

    @Test
    void condemnsMissingAndEmptyPapers() {
        Papers.over(Tree.guilty("papers")).requireGuilty("CHANGELOG.md", "LICENSE", ".ci/run");
        Papers.over(Tree.guilty("allowed")).requireGuilty("CHANGELOG.md", "LICENSE", ".ci/run");
        Papers.over(Tree.guilty("papers-innocent")).requireInnocent();
    }
}
