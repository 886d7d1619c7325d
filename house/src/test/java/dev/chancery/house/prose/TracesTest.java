// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.prose;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.house.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {

    @Test
    void theTreeHoldsNoTrace() {
        var tree = Tree.whole();
        Traces.ofThisMachine(tree.root()).over(tree).requireInnocent();
    }

    @Test
    void condemnsPlacesRegistriesAndSecrets() {
        var label = " PRIVATE" + " KEY";
        new Traces(List.of("/srv/builder/office"))
                .over(Tree.guilty("traces"))
                .requireGuilty(
                        "place.md: It holds \"/srv/builder/office\"",
                        "pom.xml: It holds \"repo.maven",
                        "docs/rsa.txt: It holds \"BEGIN RSA" + label,
                        "docs/pgp.txt: It holds \"BEGIN PGP" + label,
                        "plain.pem: It holds \"BEGIN" + label);
    }

    @Test
    void condemnsThePlacesOfThisMachine(@TempDir Path folder) throws IOException {
        var root = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(root.resolve("path.txt"), "built in " + folder + "/tree\n");
        Files.writeString(root.resolve("home.txt"), "see " + System.getProperty("user.home") + "/notes\n");
        Traces.ofThisMachine(root).over(Tree.at(root)).requireGuilty("path.txt", "home.txt");
    }

    @Test
    void knowsAtLeastOnePlaceOfThisMachine() {
        assertTrue(
                !Traces.ofThisMachine(Tree.whole().root()).places().isEmpty(), "no place is long enough to look for");
    }
}
