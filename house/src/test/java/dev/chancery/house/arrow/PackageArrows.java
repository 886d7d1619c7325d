// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;

/// Arrows between packages, where the poms cannot see them.
final class PackageArrows {

    private PackageArrows() {}

    static List<Judge> all(Layout layout) {
        return List.of(noCircles(layout), formatsApart(layout), keyProvidersApart(layout));
    }

    static Judge noCircles(Layout layout) {
        return new Judge(
                "package-circle",
                slices().matching(layout.root() + ".(**)")
                        .should()
                        .beFreeOfCycles()
                        .because("two packages that know each other are one package"));
    }

    static Judge formatsApart(Layout layout) {
        return new Judge(
                "formats-apart",
                slices().assignedFrom(new Formats(layout))
                        .should()
                        .notDependOnEachOther()
                        .ignoreDependency(resideInAPackage(layout.in("sigstore")), resideInAPackage(layout.in("dsse")))
                        .because("who verifies one format must not pull in another; only sigstore stands on dsse"));
    }

    static Judge keyProvidersApart(Layout layout) {
        return new Judge(
                "key-providers-apart",
                slices().matching(layout.root() + ".keys.(*)..")
                        .should()
                        .notDependOnEachOther()
                        .ignoreDependency(alwaysTrue(), resideInAPackage(layout.in("keys.handle")))
                        .because("an enclave with its keys in a token holds no code that reads key files"));
    }

    /// One slice a format; classes elsewhere belong to none.
    private record Formats(Layout layout) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return layout.formats().contains(type.getPackageName())
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "formats";
        }
    }
}
