// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;

/// The guilty fixture of the package rules, see `dev.chancery.house.guilty`.
final class Guilty {

    private static final String ROOT = "dev.chancery.house.guilty";

    static final Layout LAYOUT = new Layout(
            ROOT,
            below("core", "dsse", "libcrypto", "openpgp", "policy", "raw", "sigstore", "verification"),
            below("dsse", "openpgp", "raw", "sigstore"));

    private Guilty() {}

    static JavaClasses classes() {
        return new ClassFileImporter().importPackages(ROOT);
    }

    private static List<String> below(String... names) {
        return Stream.of(names).map(name -> ROOT + "." + name).toList();
    }
}
