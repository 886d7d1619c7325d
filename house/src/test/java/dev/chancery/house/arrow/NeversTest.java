// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.chancery.house.tree.Breach;
import dev.chancery.house.tree.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NeversTest {

    private static final JavaClasses GUILTY = Guilty.classes();
    private static final List<Judge> JUDGES = new Nevers(Guilty.LAYOUT).all();

    /// What each never must name in the guilty fixture.
    private static final Map<String, List<String>> CULPRITS = Map.ofEntries(
            Map.entry("keys-behind-the-enclave", List.of("guilty.server.Front")),
            Map.entry(
                    "enclave-without-network",
                    List.of("java.sql.Connection", "java.net.http.HttpClient", "com.sun.net.httpserver.HttpServer")),
            Map.entry(
                    "lib-never-logs",
                    List.of(
                            "Chatter.systemLogger(",
                            "Chatter.utilLogger(",
                            "Chatter.slf4j(",
                            "Chatter.out(",
                            "Chatter.err(",
                            "Chatter.stackTrace(")),
            Map.entry(
                    "lib-opens-no-socket",
                    List.of(
                            "Dialler.socket(",
                            "Dialler.serverSocket(",
                            "Dialler.datagram(",
                            "Dialler.channel(",
                            "Dialler.http(",
                            "Dialler.url(")),
            Map.entry(
                    "lib-reads-no-clock",
                    List.of(
                            "Impatient.instant(",
                            "Impatient.reference(",
                            "Impatient.millis(",
                            "Impatient.nanos(",
                            "Impatient.clock(",
                            "Impatient.localDate(",
                            "Impatient.date(")),
            Map.entry("core-knows-only-the-jdk", List.of("core.JsonFactory", "raw.RawFrame")),
            Map.entry("no-pgp-secret-key", List.of("SecretHolder")),
            Map.entry("native-calls-in-one-place", List.of("raw.Native")),
            Map.entry("no-other-program", List.of("Launcher.builder(", "Launcher.runtime(")),
            Map.entry(
                    "no-guessable-random",
                    List.of("Dice.random(", "Dice.math(", "Dice.threadLocal(", "Dice.generator(", "Dice.shuffle(")),
            Map.entry("sql-in-one-place", List.of("guilty.server.Statements")),
            Map.entry("helidon-behind-the-listener", List.of("guilty.server.Handler")),
            Map.entry("verified-by-the-verifier", List.of("Forger.direct(", "Forger.reference(")));

    @Test
    void theTreeNeverDoesWhatItMustNot() {
        var tree = Tree.whole();
        var classes = Production.delivered(tree);
        assertAll(new Nevers(Production.layout(tree))
                .all().stream().map(judge -> () -> judge.over(classes).requireInnocent()));
    }

    @Test
    void theTreeHasTheClassesThatTheNeversName() {
        var classes = Production.delivered(Tree.whole());
        assertTrue(classes.contain("dev.chancery.verification.VerifiedSignature"));
        assertTrue(classes.contain("dev.chancery.verification.Verifier"));
    }

    @Test
    void everyNeverHasItsCulprits() {
        var names = JUDGES.stream().map(Judge::name).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(CULPRITS.keySet()), names);
    }

    @Test
    void condemnsEachCulpritByName() {
        assertAll(JUDGES.stream().map(judge -> () -> {
            var found = text(judge);
            for (var culprit : CULPRITS.getOrDefault(judge.name(), List.of())) {
                assertTrue(found.contains(culprit), judge.name() + " does not name " + culprit + ":\n" + found);
            }
        }));
    }

    @Test
    void namesNobodyInnocent() {
        assertAll(JUDGES.stream().map(judge -> () -> {
            var found = text(judge).toLowerCase(Locale.ROOT);
            assertFalse(found.contains("innocent"), found);
        }));
    }

    private static String text(Judge judge) {
        return judge.over(GUILTY).breaches().stream().map(Breach::toString).collect(Collectors.joining("\n"));
    }
}
