// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.chancery.house.tree.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The compiled production classes of the tree: `target/classes` of each module that has production sources.
///
/// Modules that this module depends on must be compiled by now, else rules would pass by looking at too little;
/// others (benchmarks) count when they are there.
final class Production {

    private static final Pattern SOURCE = Pattern.compile("(.+)/src/main/java/(dev/chancery/.+)/[^/]+\\.java");

    /// What formats have in common, and the list of all of them.
    private static final Set<String> SHARED = Set.of(
            "dev.chancery.algorithms",
            "dev.chancery.bundle",
            "dev.chancery.certificates",
            "dev.chancery.der",
            "dev.chancery.formats",
            "dev.chancery.packet",
            "dev.chancery.signeddata",
            "dev.chancery.timestamp");

    /// Reading thousands of class files takes ten seconds of a core, and several rules look at the same.
    private static final Map<Path, JavaClasses> READ = new ConcurrentHashMap<>();

    private Production() {}

    static JavaClasses of(Tree tree) {
        return READ.computeIfAbsent(tree.root(), root -> read(tree));
    }

    private static JavaClasses read(Tree tree) {
        var poms = Pom.all(tree);
        var needed = closure(poms, "chancery-house");
        var folders = new ArrayList<Path>();
        for (var module : modules(tree)) {
            var classes = tree.root().resolve(module).resolve("target/classes");
            if (Files.isDirectory(classes)) {
                folders.add(classes);
            } else if (needed.contains(module)) {
                throw new AssertionError(module + " is not compiled: run `mvn test -pl house -am`.");
            }
        }
        var ours = JavaClass.Predicates.resideInAPackage("dev.chancery..");
        return new ClassFileImporter().importPaths(folders).that(ours);
    }

    /// What is delivered: measuring code is not, so the nevers do not bind it.
    static JavaClasses delivered(Tree tree) {
        var benchmarks = JavaClass.Predicates.resideInAPackage("dev.chancery.benchmarks..");
        return of(tree).that(DescribedPredicate.not(benchmarks));
    }

    /// The layout of the real tree, read from where its sources lie.
    static Layout layout(Tree tree) {
        var formats = packages(tree, "lib/formats");
        formats.removeAll(SHARED);
        return new Layout("dev.chancery", List.copyOf(packages(tree, "lib/[^/]+")), List.copyOf(formats));
    }

    private static Set<String> modules(Tree tree) {
        var modules = new TreeSet<String>();
        tree.files().forEach(file -> SOURCE.matcher(file).results().forEach(found -> modules.add(found.group(1))));
        return modules;
    }

    private static Set<String> packages(Tree tree, String module) {
        var packages = new TreeSet<String>();
        for (var file : tree.files()) {
            var found = SOURCE.matcher(file);
            if (found.matches() && found.group(1).matches(module)) {
                packages.add(found.group(2).replace('/', '.'));
            }
        }
        return packages;
    }

    private static Set<String> closure(List<Pom> poms, String artifact) {
        var reached = new TreeSet<String>();
        var waiting = new ArrayDeque<>(List.of(artifact));
        while (!waiting.isEmpty()) {
            var next = waiting.remove();
            for (var pom : poms) {
                if (pom.artifact().equals(next) && reached.add(pom.folder())) {
                    pom.dependencies().stream()
                            .filter(Pom.Dependency::ours)
                            .forEach(dependency -> waiting.add(dependency.artifact()));
                }
            }
        }
        return reached;
    }
}
