// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.prose;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.chancery.house.tree.Tree;
import java.util.Set;
import java.util.TreeSet;

/// The names of all commands of the command line: the `@Command` annotations of its compiled classes.
final class Commands {

    private static final String ANNOTATION = "picocli.CommandLine$Command";

    private Commands() {}

    static JavaClasses classes(Tree tree) {
        return new ClassFileImporter().importPath(tree.root().resolve("tools/cli/target/classes"));
    }

    static Set<String> of(JavaClasses classes) {
        var names = new TreeSet<String>();
        for (var type : classes) {
            type.tryGetAnnotationOfType(ANNOTATION).ifPresent(command -> names.add(name(command)));
        }
        return names;
    }

    private static String name(JavaAnnotation<?> command) {
        return command.get("name").map(Object::toString).orElse("");
    }
}
