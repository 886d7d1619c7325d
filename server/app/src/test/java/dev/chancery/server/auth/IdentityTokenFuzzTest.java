// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Any text is a token whose header is judged, or a `MalformedException` that does not repeat it.
class IdentityTokenFuzzTest {
    @FuzzTest
    void parses(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            var token = IdentityToken.parse(text);
            String fault = token.headerFault(Set.of(Issuer.Algorithm.ES256));
            assertTrue(fault.length() < 200 || text.length() > 200, fault);
        } catch (MalformedException e) {
            assertTrue(text.length() < 20 || !e.sentence().contains(text));
        }
        try {
            ApiToken.parse(text);
        } catch (MalformedException e) {
            assertTrue(text.length() < 20 || !e.sentence().contains(text));
        }
    }
}
