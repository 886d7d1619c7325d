// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The strict readers of this package, each on both sides of its rule.
class NamesTest {
    private static void assertMalformed(Function<String, ?> parse, String text) {
        var malformed = assertThrows(MalformedException.class, () -> parse.apply(text), text);
        assertTrue(malformed.sentence().contains(Quoted.text(text)), malformed.sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"qa", "a", "7", "jenkins-prd", "release.2026", "a--b", "0-.-0"})
    void authoritiesAreTaken(String name) {
        assertEquals(name, new Authority(name).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "..",
                "-qa",
                "qa-",
                ".qa",
                "qa.",
                "q..a",
                "QA",
                "q_a",
                "q a",
                "q/a",
                "q\\a",
                "qä",
                "q\0a",
                "qa\n",
                "--version",
                "q\u0430"
            })
    void otherTextsAreNoAuthorities(String name) {
        assertMalformed(Authority::new, name);
    }

    @Test
    void anAuthorityHasAtMost64Characters() {
        assertEquals(64, new Authority("a".repeat(64)).name().length());
        assertMalformed(Authority::new, "a".repeat(65));
    }

    @Test
    void authoritiesAreOrderedByName() {
        assertTrue(new Authority("a").compareTo(new Authority("b")) < 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "-rf", "...", ".hidden", "a b", "pâté-1.0_2+deb~rc.tar.gz", "日本", "🔑", "a:b\\c\"d"})
    void artifactNamesAreTaken(String name) {
        assertEquals(name, new ArtifactName(name).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "/",
                "a/b",
                "a\0",
                "a\nb",
                "a\u001b[31m",
                "a\u007f",
                "a\u0085",
                "a\u00a0b",
                "a\u00adb",
                "a\u200bb",
                "a\u202eb",
                "a\u2028b",
                "a\u2029b",
                "a\u2066b",
                "a\ufeffb",
                "a\ue000b",
                "a\ud83d",
                "\udd11a",
                "a\uffff"
            })
    void otherTextsAreNoArtifactNames(String name) {
        assertMalformed(ArtifactName::new, name);
    }

    @Test
    void anArtifactNameHasAtMost255BytesOfUtf8() {
        assertEquals(255, new ArtifactName("a".repeat(255)).text().length());
        assertMalformed(ArtifactName::new, "a".repeat(256));
        assertEquals(127, new ArtifactName("ä".repeat(127)).text().length());
        assertMalformed(ArtifactName::new, "ä".repeat(128));
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "openpgp", "x509v3", "0", "abcdefghijklmnop"})
    void formatNamesAreTaken(String text) {
        assertEquals(text, new FormatName(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Raw", "open-pgp", "open.pgp", "raw ", "ráw", "abcdefghijklmnopq", "raw\n"})
    void otherTextsAreNoFormatNames(String text) {
        assertMalformed(FormatName::new, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local:alice", "ci:org/repo:main", "a:b", "token:!~"})
    void requestersAreTaken(String text) {
        assertEquals(text, new Requester(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "alice",
                ":alice",
                "local:",
                "Local:alice",
                "l0cal:a",
                "local:a b",
                "local:a\n",
                "local:ä"
            })
    void otherTextsAreNoRequesters(String text) {
        assertMalformed(Requester::new, text);
    }

    @Test
    void aRequesterHasAtMost128Characters() {
        String longest = "local:" + "a".repeat(122);
        assertEquals(longest, new Requester(longest).text());
        assertMalformed(Requester::new, longest + "a");
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void encodingsAreReadByTheirLabel(Encoding encoding) {
        assertEquals(encoding, Encoding.parse(encoding.label()));
        assertMalformed(Encoding::parse, encoding.name());
        assertMalformed(Encoding::parse, "");
    }

    @Test
    void anArtifactsSizeHasItsLimits() {
        var name = new ArtifactName("a");
        assertEquals(0, new Artifact(name, 0).size());
        assertEquals(1L << 53, new Artifact(name, 1L << 53).size());
        assertThrows(MalformedException.class, () -> new Artifact(name, -1));
        assertThrows(MalformedException.class, () -> new Artifact(name, (1L << 53) + 1));
    }
}
