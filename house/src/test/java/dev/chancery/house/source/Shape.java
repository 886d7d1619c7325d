// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.source;

import dev.chancery.house.tree.Breach;
import dev.chancery.house.tree.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What every package and every module owes its reader: a name that says something, a specification, no `null`.
final class Shape {

    /// A package comment with fewer lines of text than this specifies nothing.
    static final int COMMENT_LINES = 5;

    /// Names that say where something was put instead of what it is.
    private static final Set<String> DRAWERS =
            Set.of("impl", "util", "utils", "common", "helper", "helpers", "manager", "managers");

    private static final Pattern PACKAGE = Pattern.compile("(?:.*/)?src/(main|test)/java/(.+)");
    private static final Pattern MODULE = Pattern.compile("((?:lib|enclave)/[^/]+)/src/main/java/.+");

    private Shape() {}

    /// Every package of production sources is specified in its `package-info.java`.
    static Verdict specifications(List<JavaSource> sources) {
        var breaches = new ArrayList<Breach>();
        var folders = folders(sources, "main");
        for (var folder : folders) {
            var lines = sources.stream()
                    .filter(source -> source.path().equals(folder + "/package-info.java"))
                    .mapToInt(source -> source.header().commentLines())
                    .findFirst()
                    .orElse(0);
            if (lines < COMMENT_LINES) {
                var complaint = "The comment of package-info.java has " + lines + " lines of text, not at least "
                        + COMMENT_LINES + ": say what the package is, its byte layout, its limits, with an example.";
                breaches.add(Breach.of("package-comment", folder, complaint));
            }
        }
        return new Verdict(folders.size(), breaches);
    }

    /// No package, of production or of tests, is a drawer.
    static Verdict names(List<JavaSource> sources) {
        var breaches = new ArrayList<Breach>();
        var folders = folders(sources, "main");
        folders.addAll(folders(sources, "test"));
        for (var folder : folders) {
            if (Arrays.stream(folder.split("/")).anyMatch(name -> DRAWERS.contains(name) || name.contains("misc"))) {
                breaches.add(
                        Breach.of("package-name", folder, "This name says nothing: name the package for its idea."));
            }
        }
        return new Verdict(folders.size(), breaches);
    }

    /// Every module of `lib` and `enclave` declares its exports and is `@NullMarked`.
    static Verdict modules(List<JavaSource> sources) {
        var breaches = new ArrayList<Breach>();
        var modules = new TreeSet<String>();
        sources.forEach(
                source -> MODULE.matcher(source.path()).results().forEach(found -> modules.add(found.group(1))));
        for (var module : modules) {
            var path = module + "/src/main/java/module-info.java";
            var declared = sources.stream()
                    .filter(source -> source.path().equals(path))
                    .findFirst();
            if (declared.isEmpty()) {
                breaches.add(
                        Breach.of("module-info", module, "There is no " + path + ": its exports are the public API."));
            } else if (!declared.get().header().nullMarked()) {
                breaches.add(Breach.of("module-info", module, path + " is not annotated @NullMarked: annotate it."));
            }
        }
        return new Verdict(modules.size(), breaches);
    }

    private static Set<String> folders(List<JavaSource> sources, String kind) {
        var folders = new TreeSet<String>();
        for (var source : sources) {
            var found = PACKAGE.matcher(source.folder());
            if (found.matches() && found.group(1).equals(kind)) {
                folders.add(source.folder());
            }
        }
        return folders;
    }
}
