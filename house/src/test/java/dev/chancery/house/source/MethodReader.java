// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// Finds the methods of one file, also those of nested, local and anonymous classes.
final class MethodReader extends TreeScanner<@Nullable Void, @Nullable Void> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Deque<ClassTree> enclosing = new ArrayDeque<>();
    private final List<JavaSource.Method> found = new ArrayList<>();

    MethodReader(CompilationUnitTree unit, SourcePositions positions) {
        this.unit = unit;
        this.positions = positions;
    }

    List<JavaSource.Method> found() {
        return List.copyOf(found);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
        enclosing.push(type);
        super.visitClass(type, null);
        enclosing.pop();
        return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
        var type = enclosing.element();
        var parameters = dictated(type, method) ? 0 : method.getParameters().size();
        var name = type.getSimpleName() + "." + method.getName();
        found.add(new JavaSource.Method(name.replace("<init>", "new"), lines(method), parameters));
        return super.visitMethod(method, null);
    }

    private int lines(MethodTree method) {
        var map = unit.getLineMap();
        var first = map.getLineNumber(positions.getStartPosition(unit, method));
        var last = map.getLineNumber(positions.getEndPosition(unit, method));
        return (int) (last - first + 1);
    }

    private static boolean dictated(ClassTree type, MethodTree method) {
        return overrides(method) || canonical(type, method);
    }

    private static boolean overrides(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().matches("(java\\.lang\\.)?Override"));
    }

    private static boolean canonical(ClassTree type, MethodTree method) {
        return type.getKind() == Kind.RECORD
                && method.getName().contentEquals("<init>")
                && method.getParameters().size() == components(type);
    }

    private static long components(ClassTree record) {
        return record.getMembers().stream()
                .filter(member -> member instanceof VariableTree field
                        && !field.getModifiers().getFlags().contains(Modifier.STATIC))
                .count();
    }
}
