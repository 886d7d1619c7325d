// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.RSAKey;
import dev.chancery.core.Bytes;
import dev.chancery.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `docs/server-authentication.md` as it stands there: each section's claims, signed by a provider of ours,
/// are named by the section's plan as its text says.
class DocumentedProvidersTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final RSAKey KEY = IdentityProvider.rsa("rsa-1");
    private static final Pattern BLOCK = Pattern.compile("(?s)```json\n(.*?)```");
    /// Found again at the provider of the test, and not at the document's.
    private static final Pattern ADDRESSES = Pattern.compile("\"(jwks|authorities)\": \"[^\"]*\",");

    private static String document() throws IOException {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("docs"))) {
                return Files.readString(folder.resolve("docs/server-authentication.md"));
            }
        }
        throw new IllegalStateException("run this inside the tree");
    }

    private static List<String> blocks(String heading) throws IOException {
        String document = document();
        int begin = document.indexOf("# " + heading + "\n");
        assertTrue(begin > 0, heading);
        int end = document.indexOf("\n#", begin);
        var blocks = new ArrayList<String>();
        BLOCK.matcher(document.substring(begin, end < 0 ? document.length() : end))
                .results()
                .forEach(block -> blocks.add(block.group(1)));
        return blocks;
    }

    private static AuthPlan plan(String json) {
        return Json.parse(Bytes.of(json.getBytes(StandardCharsets.UTF_8)), "auth")
                .object(AuthPlan::read);
    }

    @ParameterizedTest
    @CsvSource({
        "GitHub Actions, oidc:acme-release",
        "GitLab, oidc:app-main",
        "Jenkins, oidc:jenkins-app",
        "Kubernetes, oidc:cluster-build"
    })
    void aJobIsNamedAsTheDocumentSays(String heading, String requester) throws Exception {
        assertTrue(document().contains("becomes `" + requester + "`"), requester);
        List<String> blocks = blocks(heading);
        assertEquals(2, blocks.size());
        Issuer documented = plan(blocks.get(1)).issuers().getFirst();
        try (var provider = new IdentityProvider()) {
            provider.publish(KEY);
            String here = ADDRESSES
                    .matcher(blocks.get(1).replace(documented.name(), provider.url()))
                    .replaceAll("");
            Issuer issuer = plan(here).issuers().getFirst();
            var workloads = new Workloads(
                    issuer, HttpKeyFetch.trusting(issuer.keys().authorities()), InstantSource.fixed(NOW), line -> {});
            String claims = blocks.get(0);
            assertEquals(requester, judge(workloads, provider, claims));
            String another = claims;
            for (String field : List.of("sub", "repository_id", "project_id")) {
                another = another.replace("\"" + field + "\": \"", "\"" + field + "\": \"x");
            }
            assertTrue(judge(workloads, provider, another).contains("0 rules fit"), another);
        }
    }

    private static String judge(Workloads workloads, IdentityProvider provider, String claims) throws Exception {
        String token = IdentityProvider.sign(KEY, provider.claims(NOW, claims).build());
        return switch (workloads.judge(IdentityToken.parse(token))) {
            case Verdict.Accepted accepted -> accepted.caller().requester().text();
            case Verdict.Rejected rejected -> rejected.reason();
        };
    }

    @Test
    void theCertificatesOfTheDocumentAreAPlan() throws Exception {
        assertEquals(
                3, plan(blocks("Client certificates").getFirst()).certificates().size());
    }
}
