// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import dev.chancery.house.tree.Tree;
import org.junit.jupiter.api.Test;

class ModuleArrowsTest {

    @Test
    void thePomsDrawTheArrowsOfTheArchitecture() {
        ModuleArrows.over(Pom.all(Tree.whole())).requireInnocent();
    }

    @Test
    void condemnsArrowsThatTheArchitectureDoesNotDraw() {
        ModuleArrows.over(Pom.all(Tree.guilty("arrows")))
                .requireGuilty(
                        "lib/core: It must not see enclave/keys (compile)",
                        "lib/core: It must not see com.google.guava:guava (compile)",
                        "lib/formats: It must not see lib/policy (runtime)",
                        "lib/policy: It must not see the unknown module chancery-elsewhere",
                        "lib/novelty: The architecture does not know this module");
    }
}
