// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static dev.chancery.house.arrow.Access.named;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.List;

/// What no production class may ever do, each with its reason: section 3 of the architecture.
record Nevers(Layout layout) {

    List<Judge> all() {
        return List.of(
                new Judge("keys-behind-the-enclave", keysBehindTheEnclave()),
                new Judge("enclave-without-network", enclaveWithoutNetwork()),
                new Judge("lib-never-logs", libNeverLogs()),
                new Judge("lib-opens-no-socket", libOpensNoSocket()),
                new Judge("lib-reads-no-clock", libReadsNoClock()),
                new Judge("core-knows-only-the-jdk", coreKnowsOnlyTheJdk()),
                new Judge("no-pgp-secret-key", noPgpSecretKey()),
                new Judge("native-calls-in-one-place", nativeCallsInOnePlace()),
                new Judge("no-other-program", noOtherProgram()),
                new Judge("no-guessable-random", noGuessableRandom()),
                new Judge("sql-in-one-place", sqlInOnePlace()),
                new Judge("helidon-behind-the-listener", helidonBehindTheListener()),
                new Judge("verified-by-the-verifier", verifiedByTheVerifier()));
    }

    private ArchRule keysBehindTheEnclave() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(layout.in("keys"), layout.in("enclave"), layout.in("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(layout.in("keys"))
                .because("a process that can reach a key must do nothing else");
    }

    private ArchRule enclaveWithoutNetwork() {
        return noClasses()
                .that()
                .resideInAnyPackage(layout.in("enclave"), layout.in("keys"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "java.net.http..", "com.sun.net.httpserver..")
                .because("the enclave holds keys, so what parses HTTP or SQL runs in another process");
    }

    private ArchRule libNeverLogs() {
        var loggers = named(
                "are loggers",
                "(java\\.util\\.logging|org\\.slf4j|org\\.apache\\.(logging|commons\\.logging))\\..*"
                        + "|java\\.lang\\.System\\$Logger.*");
        return lib().should(ACCESS_STANDARD_STREAMS.or(dependOnClassesThat(loggers)))
                .because("a library answers its caller and nobody else");
    }

    private ArchRule libOpensNoSocket() {
        var sockets = named(
                "are sockets",
                "java\\.net\\.(Server|Datagram|Multicast)?Socket|java\\.net\\.http\\..*|javax\\.net\\..*"
                        + "|java\\.net\\.(Http)?URLConnection"
                        + "|java\\.nio\\.channels\\.(Asynchronous)?(Server)?(Socket|Datagram)Channel");
        return lib().should(dependOnClassesThat(sockets).or(accessTargetWhere(Access.opensUrl())))
                .because("whoever verifies a file must be able to do so on a machine without a network");
    }

    private ArchRule libReadsNoClock() {
        return lib().should(accessTargetWhere(Access.readsClock()))
                .because("time is an argument, so that yesterday's signature can be judged as of yesterday");
    }

    private ArchRule coreKnowsOnlyTheJdk() {
        return noClasses()
                .that()
                .resideInAPackage(layout.in("core"))
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "javax..", "org.jspecify..", layout.in("core"))
                .because("the words of the office bear no serializer's annotation and bring no library");
    }

    private ArchRule noPgpSecretKey() {
        return noClasses()
                .should(dependOnClassesThat(named("hold OpenPGP secret keys", ".*\\.PGPSecretKey(Ring.*)?")))
                .because("keys are held by a key provider, never by a format");
    }

    private ArchRule nativeCallsInOnePlace() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(layout.in("libcrypto"), layout.in("enclave.sandbox"), layout.in("keys.pkcs11"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .because("memory that Java does not check is touched where everyone looks for it");
    }

    private ArchRule noOtherProgram() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(layout.in("cli"), layout.in("maven"))
                .and()
                .doNotHaveFullyQualifiedName(layout.type("enclave.sandbox.JavaAttempts"))
                .should(dependOnClassesThat(named("start processes", "java\\.lang\\.ProcessBuilder.*"))
                        .or(accessTargetWhere(Access.runsProgram())))
                .because("only the command line starts programs, and Maven's plugin starts it;"
                        + " the enclave tries in vain, in its self-check");
    }

    private ArchRule noGuessableRandom() {
        var random = named(
                "draw guessable random numbers",
                "java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)"
                        + "|java\\.util\\.random\\.RandomGeneratorFactory");
        return noClasses()
                .should(dependOnClassesThat(random).or(accessTargetWhere(Access.rollsDice())))
                .because("randomness comes in as an argument and is a SecureRandom");
    }

    private ArchRule sqlInOnePlace() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(layout.in("store.sql"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..", "com.zaxxer..")
                .because("whoever asks the store gets values, and cannot leave a connection open");
    }

    private ArchRule helidonBehindTheListener() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(layout.in("server.listener"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon..")
                .because("another library can take its place only if nobody else knows it");
    }

    private ArchRule verifiedByTheVerifier() {
        var verified = layout.type("verification.VerifiedSignature");
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(layout.type("verification.Verifier"))
                .should(accessTargetWhere(Access.constructs(verified)))
                .because("a signature is verified only if the verifier has verified it");
    }

    private GivenClassesConjunction lib() {
        return noClasses().that().resideInAnyPackage(layout.libPatterns());
    }
}
