// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.prose;

import dev.chancery.house.tree.Breach;
import dev.chancery.house.tree.Tree;
import dev.chancery.house.tree.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Code in documents is code that runs: Java is cut out of a test, and commands exist.
///
/// Whether a `console` block answers what it shows is proved by a transcript test of the command line, not here.
final class Snippets {

    private static final String DOCUMENTS = "README\\.md|docs/.+\\.md";
    private static final String TEST_SOURCES = "(.+/)?src/test/java/.+\\.java";

    /// The word after the command's own name, where a command can stand in a line of shell.
    private static final Pattern SUBCOMMAND = Pattern.compile("(?:^|[|;&(]\\s*)(?:\\./)?chancery\\s+([a-z][a-z0-9-]*)");

    private Snippets() {}

    /// Each `java` block stands in a test source, white space aside. `examined` counts the documents.
    static Verdict java(Tree tree) {
        var tests = tree.matching(TEST_SOURCES).stream()
                .map(file -> normalised(tree.text(file)))
                .toList();
        var breaches = new ArrayList<Breach>();
        var documents = documents(tree);
        for (var document : documents) {
            for (var block : document.blocks()) {
                var code = normalised(String.join("\n", block.lines()));
                if (block.language().equals("java") && tests.stream().noneMatch(test -> test.contains(code))) {
                    var complaint = "The Java block at line " + block.number() + " is in no test: cut it out of one.";
                    breaches.add(Breach.of("java-snippet", document.file(), complaint));
                }
            }
        }
        return new Verdict(documents.size(), breaches);
    }

    /// Each `chancery` command in a `console` or `sh` block exists. `examined` counts the commands.
    static Verdict commands(Tree tree, Set<String> known) {
        var breaches = new ArrayList<Breach>();
        var examined = 0;
        for (var document : documents(tree)) {
            for (var command : commands(document)) {
                examined++;
                if (!known.contains(command)) {
                    var complaint = "There is no command `chancery " + command + "`; there are " + known + ".";
                    breaches.add(Breach.of("command-snippet", document.file(), complaint));
                }
            }
        }
        return new Verdict(examined, breaches);
    }

    private static List<String> commands(Markdown document) {
        return document.blocks().stream()
                .filter(block -> Set.of("console", "sh").contains(block.language()))
                .flatMap(block -> block.lines().stream()
                        .map(String::strip)
                        .filter(line ->
                                line.startsWith("$ ") || block.language().equals("sh"))
                        .map(line -> line.replaceFirst("^\\$ +", "")))
                .flatMap(line -> SUBCOMMAND.matcher(line).results())
                .map(found -> found.group(1))
                .toList();
    }

    private static List<Markdown> documents(Tree tree) {
        return tree.matching(DOCUMENTS).stream()
                .map(file -> Markdown.parse(file, tree.lines(file)))
                .toList();
    }

    private static String normalised(String code) {
        return code.strip().replaceAll("\\s+", " ");
    }
}
