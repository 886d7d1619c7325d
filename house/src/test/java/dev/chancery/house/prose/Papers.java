// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.prose;

import dev.chancery.house.tree.Breach;
import dev.chancery.house.tree.Tree;
import dev.chancery.house.tree.Verdict;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// The papers that a tree must carry, and what each must hold.
final class Papers {

    private static final String CHANGES = "CHANGELOG.md";
    private static final String LICENCE = "LICENSE";
    private static final String CHECKS = ".ci/run";

    private Papers() {}

    static Verdict over(Tree tree) {
        var breaches = new ArrayList<Breach>();
        if (!holds(tree, CHANGES, "(?s).*(^|\\n)## \\[?Unreleased\\b.*")) {
            breaches.add(
                    Breach.of("papers", CHANGES, "It has no section \"## Unreleased\": the next change goes there."));
        }
        if (!holds(tree, LICENCE, "(?s)\\s*Apache License\\s+Version 2\\.0, January 2004\\s.*")) {
            breaches.add(Breach.of("papers", LICENCE, "It is not the text of the Apache License 2.0: put it there."));
        }
        if (!tree.files().contains(CHECKS) || !Files.isExecutable(tree.root().resolve(CHECKS))) {
            breaches.add(Breach.of("papers", CHECKS, "It is missing or not executable: it runs all checks."));
        }
        return new Verdict(List.of(CHANGES, LICENCE, CHECKS).size(), breaches);
    }

    private static boolean holds(Tree tree, String file, String expression) {
        return tree.files().contains(file) && tree.text(file).matches(expression);
    }
}
