// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Predicate;
import dev.chancery.core.RefusedException;
import dev.chancery.json.JsonFields;
import dev.chancery.key.Scheme;
import dev.chancery.policy.SigningRules;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.statement.Statement;
import dev.chancery.statement.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A statement speaks of artifacts of its own choosing: a rule has to permit every one of them.
class AttestRulesTest {
    private static final FormatName STATEMENT = new FormatName("statement");

    private final MemoryKeys keys = new MemoryKeys().with(Office.key(Scheme.ECDSA_P256, STATEMENT));
    private final Engine engine = Office.engine(
            new SigningRules(List.of(
                    Office.rule("jars", Set.of(STATEMENT), "*.jar", 0),
                    Office.rule("poms", Set.of(STATEMENT), "*.pom", 0))),
            keys);

    private static SigningRequest request(String... subjects) {
        var digest = new Digest(DigestAlgorithm.SHA256, new byte[32]);
        var statement = new Statement(
                Arrays.stream(subjects).map(name -> new Subject(name, digest)).toList(),
                Predicate.PARAMETERS,
                new JsonFields().put("job", "42").toJson());
        return Office.request(STATEMENT, Encoding.ARMOR, statement.write().toArray());
    }

    @Test
    void everySubjectIsPermittedByARule() {
        assertDoesNotThrow(() -> engine.sign(Office.ALICE, request("a.jar")));
        assertDoesNotThrow(() -> engine.sign(Office.ALICE, request("a.jar", "a.pom", "b.jar")));
    }

    @Test
    void oneThatNoRulePermitsRefusesTheWhole() {
        for (var request : List.of(request("a.rpm"), request("a.jar", "a.rpm"), request("a.rpm", "a.jar"))) {
            var refusal = assertThrows(RefusedException.class, () -> engine.sign(Office.ALICE, request));
            assertEquals("signing-rule:jars", refusal.rule());
            assertEquals(0, keys.opened());
        }
    }

    /// The name in the request is nothing that a statement says, so it permits nothing.
    @Test
    void theNameOfTheRequestPermitsNothing() {
        var request = request("a.rpm");
        var named = new SigningRequest(
                request.target(), request.encoding(), new dev.chancery.core.ArtifactName("a.jar"), request.content());
        assertThrows(RefusedException.class, () -> engine.sign(Office.ALICE, named));
    }

    @Test
    void whatIsNoStatementIsMalformed() {
        for (String document : List.of("", "{}", "some text", "{\"_type\":\"https://in-toto.io/Statement/v1\"}")) {
            var request = Office.request(STATEMENT, Encoding.ARMOR, document.getBytes(StandardCharsets.UTF_8));
            assertThrows(MalformedException.class, () -> engine.sign(Office.ALICE, request));
        }
        assertEquals(0, keys.opened());
    }
}
