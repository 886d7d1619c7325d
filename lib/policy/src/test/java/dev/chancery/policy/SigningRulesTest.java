// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Artifact;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final SigningRules RULES = SigningRules.parse(Samples.bytes("""
            {"version": 1, "rules": [
              {"name": "nightly", "requesters": ["local:alice", "local:jenkins"], "authority": "qa",
               "formats": ["openpgp", "raw"], "artifacts": ["*.rpm"], "size_bytes_max": 100},
              {"name": "sums", "requesters": ["local:alice"], "authority": "qa",
               "formats": ["openpgp"], "artifacts": ["SHA256SUMS", "*.rpm"], "size_bytes_max": 1000},
              {"name": "secret-launch", "requesters": ["local:bob"], "authority": "release",
               "formats": ["openpgp"], "artifacts": ["launch-*"], "size_bytes_max": 1000}]}
            """));

    /// Asks in five words: requester, authority, format, artifact name, size.
    private static SigningRule permit(String ask) {
        String[] words = ask.split(" ", -1);
        var artifact = Samples.artifact(words[3], Long.parseLong(words[4]));
        var question = new SigningQuestion(Samples.authority(words[1]), new FormatName(words[2]), artifact, NOW);
        return RULES.permit(new Requester(words[0]), question);
    }

    @ParameterizedTest
    @CsvSource({
        "local:alice qa openpgp a.rpm 100,         nightly",
        "local:alice qa openpgp a.rpm 101,         sums",
        "local:alice qa openpgp a.rpm 1000,        sums",
        "local:alice qa raw a.rpm 100,             nightly",
        "local:alice qa openpgp SHA256SUMS 0,      sums",
        "local:jenkins qa openpgp a.rpm 100,       nightly",
        "local:bob release openpgp launch-1 1,     secret-launch",
    })
    void permits(String ask, String rule) {
        assertEquals(rule, permit(ask).name().text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "local:alice release openpgp launch-1 1  | no-signing-rule | "
                        + "no signing rule lets requester local:alice ask authority release",
                "local:bob qa openpgp a.rpm 1            | no-signing-rule | "
                        + "no signing rule lets requester local:bob ask authority qa",
                "unix:alice qa openpgp a.rpm 1           | no-signing-rule | "
                        + "no signing rule lets requester unix:alice ask authority qa",
                "local:Alice qa openpgp a.rpm 1          | no-signing-rule | "
                        + "no signing rule lets requester local:Alice ask authority qa",
                "local:alice qa cms a.rpm 1              | signing-rule:nightly | "
                        + "signing rule nightly does not permit it: format cms is not one of openpgp, raw",
                "local:alice qa openpgp a.deb 1          | signing-rule:nightly | "
                        + "signing rule nightly does not permit it: artifact name \"a.deb\" matches none of \"*.rpm\"",
                "local:alice qa openpgp SHA256SUMS 1001  | signing-rule:sums | "
                        + "signing rule sums does not permit it: size 1001 is more than 1000 bytes",
                "local:jenkins qa cms a.deb 101          | signing-rule:nightly | "
                        + "signing rule nightly does not permit it: format cms is not one of openpgp, raw; "
                        + "artifact name \"a.deb\" matches none of \"*.rpm\"; size 101 is more than 100 bytes",
            })
    void refuses(String ask, String rule, String sentence) {
        RefusedException e = assertThrows(RefusedException.class, () -> permit(ask));
        assertEquals(rule, e.rule());
        assertEquals(sentence, e.sentence());
        assertFalse(e.sentence().contains("secret"), "another's rule is not spoken of");
    }

    @Test
    void withoutRulesEverythingIsRefused() {
        var none = new SigningRules(List.of());
        RefusedException e = assertThrows(
                RefusedException.class,
                () -> none.permit(
                        new Requester("local:alice"),
                        new SigningQuestion(Samples.authority("qa"), Samples.OPENPGP, Samples.artifact("a", 0), NOW)));
        assertEquals(SigningRules.NO_RULE, e.rule());
        assertEquals(none, SigningRules.parse(none.toBytes()));
    }

    @Test
    void longListsAreCutShortInARefusal() {
        var patterns = new ArrayList<NamePattern>();
        for (int i = 0; i < 6; i++) {
            patterns.add(new NamePattern("p" + i));
        }
        var scope = new SigningScope(Set.of(Samples.RAW), patterns, 1);
        assertEquals(
                List.of("artifact name \"x\" matches none of \"p0\", \"p1\", \"p2\", \"p3\", \"p4\", ..."),
                scope.faults(new SigningQuestion(Samples.authority("qa"), Samples.RAW, Samples.artifact("x", 1), NOW)));
    }

    @Test
    void readsBack() {
        assertEquals(RULES, SigningRules.parse(RULES.toBytes()));
    }

    @Test
    void oneMoreRule() {
        SigningRule rule = rule("extra");
        SigningRules more = RULES.with(rule);
        assertEquals(rule, more.rules().get(3));
        MalformedException e = assertThrows(MalformedException.class, () -> more.with(rule));
        assertEquals("signing rule \"extra\" is there twice", e.sentence());
    }

    @Test
    void limits() {
        var rules = new ArrayList<SigningRule>();
        for (int i = 0; i < SigningRules.RULES_MAX; i++) {
            rules.add(rule("r" + i));
        }
        var most = new SigningRules(rules);
        assertEquals(most, SigningRules.parse(most.toBytes()));
        assertThrows(MalformedException.class, () -> most.with(rule("one-more")));
    }

    @Test
    void limitsOfOneRule() {
        var requesters = new ArrayList<Requester>();
        for (int i = 0; i < SigningRule.REQUESTERS_MAX; i++) {
            requesters.add(new Requester("local:u" + i));
        }
        SigningRule sample = rule("r");
        assertEquals(256, rule(requesters).requesters().size());
        requesters.add(new Requester("local:more"));
        assertThrows(MalformedException.class, () -> rule(requesters));
        assertThrows(MalformedException.class, () -> rule(List.of()));
        assertThrows(
                MalformedException.class,
                () -> rule(
                        List.of(sample.requesters().get(0), sample.requesters().get(0))));
    }

    @Test
    void limitsOfAScope() {
        List<NamePattern> any = List.of(new NamePattern("*"));
        var formats = new HashSet<FormatName>();
        for (int i = 0; i < SigningScope.FORMATS_MAX; i++) {
            formats.add(new FormatName("f" + i));
        }
        new SigningScope(formats, any, 0);
        new SigningScope(formats, any, Artifact.SIZE_BYTES_MAX);
        assertThrows(MalformedException.class, () -> new SigningScope(formats, any, -1));
        assertThrows(MalformedException.class, () -> new SigningScope(formats, any, Artifact.SIZE_BYTES_MAX + 1));
        assertThrows(MalformedException.class, () -> new SigningScope(Set.of(), any, 0));
        assertThrows(MalformedException.class, () -> new SigningScope(formats, List.of(), 0));
        formats.add(Samples.RAW);
        assertTrue(formats.size() > SigningScope.FORMATS_MAX);
        assertThrows(MalformedException.class, () -> new SigningScope(formats, any, 0));
    }

    private static SigningRule rule(String name) {
        SigningRule first = RULES.rules().get(0);
        return new SigningRule(new Label(name), first.requesters(), first.authority(), first.scope());
    }

    private static SigningRule rule(List<Requester> requesters) {
        SigningRule first = RULES.rules().get(0);
        return new SigningRule(first.name(), requesters, first.authority(), first.scope());
    }
}
