// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.source;

import dev.chancery.house.tree.AllowList;
import dev.chancery.house.tree.Tree;
import org.junit.jupiter.api.Test;

class BudgetsTest {

    @Test
    void theTreeKeepsItsBudgets() {
        var tree = Tree.whole();
        var allowed = AllowList.read(tree, AllowList.PATH);
        allowed.excuse(Budgets.over(JavaParser.parse(tree))).requireInnocent();
    }

    @Test
    void condemnsWhatIsOneTooLargeAndNotWhatIsJustRight() {
        Budgets.over(JavaParser.parse(Tree.guilty("budgets")))
                .requireGuilty(
                        "[file-lines] lib/core/LongFile.java: 401 ",
                        "[method-lines] lib/core/Methods.java#Methods.tooLong: 61 ",
                        "[parameters] lib/core/Parameters.java#Parameters.new: 5 ",
                        "[parameters] lib/core/Parameters.java#Parameters.tooMany: 5 ",
                        "[parameters] lib/core/Parameters.java#.alsoTooMany: 5 ",
                        "[line-length] lib/core/WideLine.java: 121 characters: break it, in line 3;",
                        "[licence-line] lib/core/NoLicence.java: ",
                        "[postponed] lib/core/Postponed.java: Line 3 ",
                        "[package-types] crowd: 21 ",
                        "[short-methods] the tree: 2 of 9 ");
    }

    @Test
    void condemnsTooManyLongMethods() {
        Budgets.over(JavaParser.parse(Tree.guilty("short-methods"))).requireGuilty("2 of 21 methods have more than 25");
        Budgets.over(JavaParser.parse(Tree.guilty("short-methods-innocent"))).requireInnocent();
    }
}
