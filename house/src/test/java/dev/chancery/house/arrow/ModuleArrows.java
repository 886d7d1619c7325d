// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import dev.chancery.house.tree.Breach;
import dev.chancery.house.tree.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which module may see which, and which library it may bring: section 3 of the architecture, compared with the
/// poms.
///
/// Everything but the `test` scope counts, and so do profiles. A module that this table does not know is a
/// breach: a new module is a decision about rights, and the decision is written here.
final class ModuleArrows {

    /// @param from a module's folder; a trailing `*` stands for any name
    /// @param to folders of our own modules, likewise
    /// @param libraries `group:artifact` of others
    private record Arrows(String from, List<String> to, List<String> libraries) {}

    private static final String BOUNCY_CASTLE = "org.bouncycastle:bcprov-jdk18on";
    private static final String BOUNCY_CASTLE_OPENPGP = "org.bouncycastle:bcpg-jdk18on";
    private static final String PICOCLI = "info.picocli:picocli";
    private static final String CORRETTO = "software.amazon.cryptools:AmazonCorrettoCryptoProvider";
    private static final String JSPECIFY = "org.jspecify:jspecify";

    private static final List<String> STORE_LIBRARIES = List.of(
            "org.xerial:sqlite-jdbc", "org.postgresql:postgresql", "com.zaxxer:HikariCP", "org.slf4j:slf4j-nop");
    private static final List<String> SERVER_LIBRARIES = List.of(
            "io.helidon.webserver:helidon-webserver",
            "io.helidon.webserver:helidon-webserver-http2",
            "com.nimbusds:nimbus-jose-jwt",
            "org.snakeyaml:snakeyaml-engine");

    private static final List<String> MAVEN_LIBRARIES = List.of(
            "org.apache.maven:maven-core",
            "org.apache.maven:maven-plugin-api",
            "org.apache.maven.resolver:maven-resolver-api",
            "org.apache.maven.plugin-tools:maven-plugin-annotations");

    /// The first line that fits a module holds.
    private static final List<Arrows> ALLOWED = List.of(
            new Arrows("", List.of(), List.of()),
            new Arrows("lib/core", List.of(), List.of()),
            new Arrows("lib/json", List.of("lib/core"), List.of()),
            new Arrows("lib/log", List.of("lib/core", "lib/json"), List.of()),
            new Arrows("lib/libcrypto", List.of("lib/core"), List.of()),
            new Arrows("lib/formats", List.of("lib/core", "lib/json"), List.of(BOUNCY_CASTLE, BOUNCY_CASTLE_OPENPGP)),
            new Arrows("lib/policy", List.of("lib/core", "lib/json"), List.of()),
            new Arrows("lib/files", List.of("lib/formats", "lib/policy", "lib/core"), List.of()),
            new Arrows("enclave/keys", List.of("lib/core", "lib/json"), List.of(BOUNCY_CASTLE)),
            new Arrows("enclave/relay", List.of(), List.of()),
            new Arrows("enclave/protocol", List.of("lib/core", "lib/json"), List.of()),
            new Arrows(
                    "enclave/signer",
                    List.of(
                            "enclave/keys",
                            "enclave/protocol",
                            "lib/formats",
                            "lib/policy",
                            "lib/libcrypto",
                            "lib/json",
                            "lib/core"),
                    List.of(CORRETTO)),
            new Arrows("server/store", List.of("lib/core", "lib/json", "lib/log"), STORE_LIBRARIES),
            new Arrows("server/app", List.of("server/store", "enclave/protocol", "lib/*"), SERVER_LIBRARIES),
            new Arrows("tools/benchmarks", List.of("*"), List.of("*")),
            new Arrows("tools/picocli", List.of(), List.of(PICOCLI)),
            new Arrows("tools/maven-plugin", List.of(), MAVEN_LIBRARIES),
            new Arrows(
                    "tools/cli",
                    List.of("server/*", "enclave/*", "lib/*", "tools/picocli"),
                    List.of(PICOCLI, CORRETTO)),
            new Arrows("tools/*", List.of("server/*", "enclave/*", "lib/*"), List.of()),
            new Arrows("house", List.of("*"), List.of("*")));

    private ModuleArrows() {}

    static Verdict over(List<Pom> poms) {
        var folders = new HashMap<String, String>();
        poms.forEach(pom -> folders.put(pom.artifact(), pom.folder()));
        var breaches = new ArrayList<Breach>();
        for (var pom : poms) {
            var arrows = ALLOWED.stream()
                    .filter(line -> fits(line.from(), pom.folder()))
                    .findFirst();
            if (arrows.isEmpty()) {
                var complaint = "The architecture does not know this module: write its arrows into ModuleArrows.";
                breaches.add(Breach.of("module-arrows", pom.folder(), complaint));
            }
            arrows.ifPresent(allowed -> pom.dependencies().stream()
                    .flatMap(dependency -> breach(pom, allowed, dependency, folders).stream())
                    .forEach(breaches::add));
        }
        return new Verdict(poms.size(), breaches);
    }

    private static Optional<Breach> breach(
            Pom pom, Arrows allowed, Pom.Dependency dependency, Map<String, String> folders) {
        if (dependency.scope().equals("test")) {
            return Optional.empty();
        }
        var target = dependency.ours()
                ? folders.getOrDefault(dependency.artifact(), "the unknown module " + dependency.artifact())
                : dependency.coordinates();
        var granted = dependency.ours() ? allowed.to() : allowed.libraries();
        var provided = target.equals(JSPECIFY) && dependency.scope().equals("provided");
        if (provided || granted.stream().anyMatch(pattern -> fits(pattern, target))) {
            return Optional.empty();
        }
        var complaint =
                "It must not see " + target + " (" + dependency.scope() + "): the architecture has no such arrow.";
        return Optional.of(Breach.of("module-arrows", pom.folder(), complaint));
    }

    private static boolean fits(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(name);
    }
}
