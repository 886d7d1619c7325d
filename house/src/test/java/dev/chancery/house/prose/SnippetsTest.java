// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.prose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.house.tree.Tree;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnippetsTest {

    @Test
    void theJavaOfTheDocumentsStandsInTests() {
        Snippets.java(Tree.whole()).requireInnocent();
    }

    @Test
    void theCommandsOfTheDocumentsExist() {
        var tree = Tree.whole();
        Snippets.commands(tree, Commands.of(tree.text(Commands.TABLE))).requireInnocent();
    }

    @Test
    void findsTheFirstWordsOfTheTable() {
        String table = "leaves.put(\"innocent\", A::new); leaves.put(\"group leaf\", B::new); put(\"other\", C::new);";
        assertEquals(Set.of("group", "innocent"), Commands.of(table));
    }

    @Test
    void condemnsJavaThatNoTestCompiles() {
        Snippets.java(Tree.guilty("snippets")).requireGuilty("README.md: The Java block at line 8 ");
    }

    @Test
    void condemnsCommandsThatDoNotExist() {
        var verdict = Snippets.commands(Tree.guilty("snippets"), Set.of("sign", "verify"));
        verdict.requireGuilty(
                "README.md: There is no command `chancery forge`",
                "docs/more.md: There is no command `chancery demolish`");
        assertEquals(4, verdict.examined());
    }
}
