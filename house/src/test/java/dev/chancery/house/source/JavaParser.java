// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.source;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import dev.chancery.house.tree.Tree;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// Reads Java sources with the parser of the running JDK, without resolving a single name.
final class JavaParser {

    private JavaParser() {}

    /// Every `*.java` file of the tree, in the order of its files.
    static List<JavaSource> parse(Tree tree) {
        var files = tree.matching(".*\\.java");
        if (files.isEmpty()) {
            return List.of();
        }
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "run the tests on a JDK");
        var problems = new DiagnosticCollector<JavaFileObject>();
        try (var manager = compiler.getStandardFileManager(problems, null, null)) {
            var paths = files.stream().map(tree.root()::resolve).toList();
            var units = manager.getJavaFileObjectsFromPaths(paths);
            var task = compiler.getTask(new StringWriter(), manager, problems, List.of("-proc:none"), null, units);
            return read(tree, (JavacTask) task, problems);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the sources below " + tree.root(), e);
        }
    }

    private static List<JavaSource> read(Tree tree, JavacTask task, DiagnosticCollector<JavaFileObject> problems)
            throws IOException {
        var sources = new ArrayList<JavaSource>();
        var trees = Trees.instance(task);
        for (var unit : task.parse()) {
            sources.add(read(tree, unit, trees));
        }
        if (!problems.getDiagnostics().isEmpty()) {
            throw new AssertionError("The sources do not parse: " + problems.getDiagnostics());
        }
        return sources;
    }

    private static JavaSource read(Tree tree, CompilationUnitTree unit, Trees trees) {
        var path = tree.root()
                .relativize(Path.of(unit.getSourceFile().toUri()))
                .toString()
                .replace('\\', '/');
        var lines = tree.lines(path);
        var methods = new MethodReader(unit, trees.getSourcePositions());
        methods.scan(unit, null);
        return new JavaSource(path, lines, unit.getTypeDecls().size(), methods.found(), header(unit, lines));
    }

    private static JavaSource.Header header(CompilationUnitTree unit, List<String> lines) {
        var module = unit.getModule();
        return new JavaSource.Header(commentLines(lines), module != null && nullMarked(module));
    }

    private static boolean nullMarked(ModuleTree module) {
        return module.getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().matches("(.*\\.)?NullMarked"));
    }

    private static int commentLines(List<String> lines) {
        return (int) lines.stream()
                .takeWhile(line -> !line.matches("(package|import|module|open module|@).*"))
                .map(String::strip)
                .filter(line -> line.matches("(///|/\\*\\*|\\*).*[A-Za-z0-9].*"))
                .count();
    }
}
