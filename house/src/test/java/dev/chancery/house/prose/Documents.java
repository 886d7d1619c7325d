// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.prose;

import dev.chancery.house.tree.Breach;
import dev.chancery.house.tree.Tree;
import dev.chancery.house.tree.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Links lead somewhere, classes and tests named in prose exist, and every document can be found from the README.
final class Documents {

    private static final String START = "README.md";

    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(dev\\.chancery(?:\\.[a-z][a-z0-9]*)*\\.[A-Z][A-Za-z0-9]*)");

    /// `WordTest`, `WordIT`, and `*FuzzTest` for all that end so.
    private static final Pattern TEST_NAME = Pattern.compile("\\*?[A-Z][A-Za-z0-9]*(?:Test|IT)");

    private final Tree tree;
    private final Map<String, Markdown> documents = new HashMap<>();

    Documents(Tree tree) {
        this.tree = tree;
        Markdown.all(tree).forEach(document -> documents.put(document.file(), document));
    }

    /// Relative links to files, folders and anchors. `examined` counts the links.
    Verdict links() {
        var breaches = new ArrayList<Breach>();
        var examined = 0;
        for (var document : documents.values()) {
            for (var link : Link.of(document)) {
                examined++;
                complaint(link)
                        .map(text -> "Line " + link.number() + " " + text)
                        .ifPresent(text -> breaches.add(Breach.of("dead-link", document.file(), text)));
            }
        }
        return new Verdict(examined, breaches);
    }

    private Optional<String> complaint(Link link) {
        if (link.path().startsWith("..") || link.path().startsWith("/") || !tree.has(link.path())) {
            return Optional.of("links to " + link.path() + ", which is no file of the tree: correct or drop the link.");
        }
        var target = documents.get(link.path());
        if (!link.anchor().isEmpty() && target != null && !target.anchors().contains(link.anchor())) {
            return Optional.of(
                    "links to #" + link.anchor() + ", and no heading of " + link.path() + " has that anchor.");
        }
        return Optional.empty();
    }

    /// Class names of ours in code spans. `examined` counts the documents, for there may be few names.
    Verdict classNames() {
        var breaches = new ArrayList<Breach>();
        for (var document : documents.values()) {
            for (var line : document.prose()) {
                line.codeSpans().stream()
                        .flatMap(code -> CLASS_NAME.matcher(code).results())
                        .map(found -> found.group(1))
                        .filter(name -> !exists(name))
                        .map(name -> "Line " + line.number() + " names " + name + ", and there is no such source file.")
                        .forEach(text -> breaches.add(Breach.of("dead-class-name", document.file(), text)));
            }
        }
        return new Verdict(documents.size(), breaches);
    }

    /// Tests of ours that a document appeals to, above all the threat model. `examined` counts the names.
    Verdict testNames() {
        var breaches = new ArrayList<Breach>();
        var examined = 0;
        for (var document : documents.values()) {
            for (var line : document.prose()) {
                for (var name : line.codeSpans()) {
                    examined += TEST_NAME.matcher(name).matches() ? 1 : 0;
                    if (TEST_NAME.matcher(name).matches() && !testExists(name)) {
                        var text = "Line " + line.number() + " names the test " + name + ", and there is no such one.";
                        breaches.add(Breach.of("dead-test-name", document.file(), text));
                    }
                }
            }
        }
        return new Verdict(examined, breaches);
    }

    private boolean testExists(String name) {
        var file = name.startsWith("*") ? "[A-Za-z0-9]*" + name.substring(1) : name;
        return !tree.matching("(.+/)?src/test/java/(.+/)?" + file + "\\.java").isEmpty();
    }

    private boolean exists(String className) {
        var suffix = "/java/" + className.replace('.', '/') + ".java";
        return tree.files().stream().anyMatch(file -> file.endsWith(suffix));
    }

    /// Every file below `docs` can be reached from the README. `examined` counts these files.
    Verdict reachable() {
        var reached = reached();
        var files = tree.matching("docs/.+");
        var breaches = files.stream()
                .filter(file -> !reached.contains(file))
                .map(file ->
                        Breach.of("dead-file", file, "No chain of links leads here from README.md: link or delete it."))
                .toList();
        return new Verdict(files.size(), breaches);
    }

    private Set<String> reached() {
        var reached = new HashSet<String>();
        var waiting = new ArrayDeque<>(List.of(START));
        while (!waiting.isEmpty()) {
            var file = waiting.remove();
            var document = documents.get(file);
            if (reached.add(file) && document != null) {
                Link.of(document).forEach(link -> waiting.addAll(shown(link.path())));
            }
        }
        return reached;
    }

    /// A link to a folder shows the files that lie directly in it.
    private List<String> shown(String path) {
        return tree.files().contains(path) ? List.of(path) : tree.matching(Pattern.quote(path) + "/[^/]+");
    }
}
