// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import dev.chancery.house.tree.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// What a module's `pom.xml` says about its arrows.
///
/// @param folder where it lies, relative to the root; empty for the root itself
record Pom(String folder, String artifact, List<Dependency> dependencies) {

    /// Our own modules share one group.
    static final String GROUP = "dev.chancery";

    /// One `<dependency>` outside of `<dependencyManagement>`, in a profile or not.
    record Dependency(String group, String artifact, String scope) {

        boolean ours() {
            return group.equals(GROUP) || group.equals("${project.groupId}");
        }

        String coordinates() {
            return group + ":" + artifact;
        }
    }

    private static final String DEPENDENCIES =
            "/project/dependencies/dependency | /project/profiles/profile/dependencies/dependency";

    static List<Pom> all(Tree tree) {
        return tree.matching("(.*/)?pom\\.xml").stream()
                .filter(file -> !file.contains("src/test/"))
                .map(file -> read(tree, file))
                .toList();
    }

    private static Pom read(Tree tree, String file) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var document =
                    factory.newDocumentBuilder().parse(tree.root().resolve(file).toFile());
            var xpath = XPathFactory.newInstance().newXPath();
            var nodes = (NodeList) xpath.evaluate(DEPENDENCIES, document, XPathConstants.NODESET);
            var dependencies = new ArrayList<Dependency>();
            for (int i = 0; i < nodes.getLength(); i++) {
                dependencies.add(dependency(Objects.requireNonNull(nodes.item(i))));
            }
            var folder = file.contains("/") ? file.substring(0, file.lastIndexOf('/')) : "";
            return new Pom(folder, xpath.evaluate("/project/artifactId", document), dependencies);
        } catch (IOException | SAXException | ParserConfigurationException | XPathExpressionException e) {
            throw new AssertionError("Cannot read " + file, e);
        }
    }

    private static Dependency dependency(Node node) {
        var scope = child(node, "scope");
        return new Dependency(child(node, "groupId"), child(node, "artifactId"), scope.isEmpty() ? "compile" : scope);
    }

    private static String child(Node node, String name) {
        var children = node.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i).getNodeName().equals(name)) {
                return children.item(i).getTextContent().strip();
            }
        }
        return "";
    }
}
