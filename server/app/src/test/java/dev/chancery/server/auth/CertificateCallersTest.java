// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import dev.chancery.policy.Label;
import dev.chancery.server.tls.TestCertificates;
import dev.chancery.server.tls.TestCertificates.Content;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateCallersTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final TestCertificates AUTHORITY = authority();

    private static TestCertificates authority() {
        try {
            return new TestCertificates("authority");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final CertificateCallers CALLERS = new CertificateCallers(List.of(
            rule("dns:ci.example.org", "ci"),
            rule("uri:spiffe://example.org/ns/build", "build"),
            rule("email:release@example.org", "release")));

    private static CertificateRule rule(String san, String requester) {
        return new CertificateRule(
                CertificateRule.Name.parse(san), new Label(requester), Scopes.parse(List.of("sign:qa")));
    }

    private static String judge(Content content, Instant now) throws GeneralSecurityException {
        return judge(content, now, false);
    }

    private static String judge(Content content, Instant now, boolean isAuthority) throws GeneralSecurityException {
        return switch (CALLERS.judge(AUTHORITY.issue(content, isAuthority).certificate(), now)) {
            case Verdict.Accepted accepted -> accepted.caller().requester().text();
            case Verdict.Rejected rejected -> rejected.reason();
        };
    }

    private static Content names(String... names) {
        return new Content(List.of(names), List.of(TestCertificates.CLIENT), NOW, Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({
        "dns:ci.example.org, cert:ci",
        "uri:spiffe://example.org/ns/build, cert:build",
        "email:release@example.org, cert:release"
    })
    void oneNameNamesTheCaller(String name, String requester) throws Exception {
        assertEquals(requester, judge(names(name), NOW));
        assertEquals(requester, judge(names("dns:other.example.org", name), NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dns:CI.example.org",
                "dns:ci.example.org.",
                "dns:a.ci.example.org",
                "dns:*.example.org",
                "uri:spiffe://example.org/ns/build/",
                "uri:spiffe://example.org/ns/Build",
                "uri:x:ci.example.org",
                "email:ci.example.org",
                "dns:spiffe://example.org/ns/build"
            })
    void anotherNameNamesNobody(String name) throws Exception {
        assertEquals("0 rules fit the client certificate, not one", judge(names(name), NOW));
        assertEquals("0 rules fit the client certificate, not one", judge(names(), NOW));
    }

    @Test
    void twoCallersInOneCertificateAreNone() throws Exception {
        String verdict = judge(names("dns:ci.example.org", "email:release@example.org"), NOW);
        assertEquals("2 rules fit the client certificate, not one", verdict);
    }

    @Test
    void timeIsLookedAtForEachRequest() throws Exception {
        var content = names("dns:ci.example.org");
        assertEquals("cert:ci", judge(content, NOW.plus(Duration.ofMinutes(10))));
        assertTrue(
                judge(content, NOW.plus(Duration.ofMinutes(10)).plusSeconds(1)).contains("within its time"));
        assertTrue(judge(content, NOW.minusSeconds(1)).contains("within its time"));
    }

    @Test
    void aCertificateHasToSayThatItIsForClients() throws Exception {
        for (var usages : List.of(List.<String>of(), List.of(TestCertificates.SERVER), List.of("2.5.29.37.0"))) {
            var content = new Content(List.of("dns:ci.example.org"), usages, NOW, Duration.ofMinutes(1));
            assertTrue(judge(content, NOW).contains("for clients"), usages.toString());
        }
        var both = List.of(TestCertificates.SERVER, TestCertificates.CLIENT);
        assertEquals(
                "cert:ci", judge(new Content(List.of("dns:ci.example.org"), both, NOW, Duration.ofMinutes(1)), NOW));
        assertTrue(judge(names("dns:ci.example.org"), NOW, true).contains("authority"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ci.example.org",
                "dns:",
                "dns:CI.example.org",
                "dns:*.example.org",
                "dns:a b",
                "uri:x",
                "uri:SPIFFE://x",
                "uri:spiffe://x/*",
                "email:x",
                "email:x@Y.example",
                "ip:127.0.0.1",
                "cn:x"
            })
    void whatIsNoExactNameIsMalformed(String name) {
        assertThrows(MalformedException.class, () -> CertificateRule.Name.parse(name));
    }
}
