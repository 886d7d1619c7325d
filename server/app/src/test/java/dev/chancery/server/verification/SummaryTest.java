// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.policy.SignedBy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {
    private static final Digest SUM =
            Digest.parse(DigestAlgorithm.SHA256, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    private static final NamedPolicy POLICY = NamedPolicy.parse(Bytes.of("""
                    {"version": 1, "name": "floor", "rules": [{"artifacts": ["*.jar"], "require": "qa"}]}
                    """.getBytes(StandardCharsets.UTF_8)));

    private static String statement(String artifact, SignedBy... signed) {
        var judgement = POLICY.policy().judge(new ArtifactName(artifact), Set.of(signed));
        var circumstances = new Summary.Circumstances(
                "https://log.example.org",
                Instant.parse("2026-03-01T10:00:00.123456Z"),
                Summary.resource(new ArtifactName(artifact), SUM),
                List.of());
        var written =
                new Summary(POLICY, SUM, judgement, circumstances).statement().write();
        return new String(written.toArray(), StandardCharsets.UTF_8);
    }

    /// The fields in the order of the standard's page.
    @Test
    void saysWhoVerifiedWhatByWhichPolicyAndWhatCameOut() {
        assertEquals(
                """
                {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"app.jar","digest":{"sha256":"%1$s"}}],\
                "predicateType":"https://slsa.dev/verification_summary/v1","predicate":{\
                "verifier":{"id":"https://log.example.org"},"timeVerified":"2026-03-01T10:00:00Z",\
                "resourceUri":"pkg:generic/app.jar?checksum=sha256:%1$s",\
                "policy":{"uri":"urn:chancery:policy:floor","digest":{"sha256":"%2$s"}},\
                "inputAttestations":[],"verificationResult":"PASSED","verifiedLevels":["CHANCERY_POLICY_PASSED"],\
                "slsaVersion":"1.1"}}""".formatted(SUM.hex(), POLICY.sha256().hex()),
                statement("app.jar", new SignedBy(new Authority("qa"), new FormatName("raw"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.jar", "no-rule.txt"})
    void whatThePolicyRefusesHasFailed(String artifact) {
        String said = statement(artifact, new SignedBy(new Authority("release"), new FormatName("raw")));
        assertEquals(
                "\"verificationResult\":\"FAILED\",\"verifiedLevels\":[\"FAILED\"]",
                said.substring(said.indexOf("\"verificationResult\""), said.indexOf(",\"slsaVersion\"")));
    }

    @ParameterizedTest
    @CsvSource({"a b+c.jar, a%20b%2Bc.jar", "ä.jar, %C3%A4.jar", "a?b#c@1.jar, a%3Fb%23c%401.jar", "a~_-.jar, a~_-.jar"
    })
    void aNameBecomesAPackageUrl(String name, String escaped) {
        assertEquals(
                "pkg:generic/" + escaped + "?checksum=" + SUM,
                Summary.resource(new ArtifactName(name), SUM).toString());
    }

    @Test
    void aResourceIsAUriOfLimitedLength() {
        assertEquals(
                "pkg:maven/org.example/app@1.0",
                Summary.resource("pkg:maven/org.example/app@1.0").toString());
        String longest = "https://x/" + "a".repeat(Summary.RESOURCE_CHARACTERS_MAX - 10);
        assertEquals(longest, Summary.resource(longest).toString());
        for (String wrong : List.of("", "app.jar", "//x/y", "a b:c", "pkg:ä", ":x", longest + "a")) {
            assertThrows(MalformedException.class, () -> Summary.resource(wrong), wrong);
        }
    }
}
