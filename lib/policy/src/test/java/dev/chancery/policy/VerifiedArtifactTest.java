// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyId;
import dev.chancery.verification.Finding;
import dev.chancery.verification.Keyring;
import dev.chancery.verification.SignatureFile;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.Verifier;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// From signature files through the verifier to the type that only the policy makes.
class VerifiedArtifactTest {
    private static final VerificationPolicy POLICY =
            VerificationPolicy.requiring(List.of(Requirement.parse("2:qa,security,release")));
    private static final ArtifactName NAME = new ArtifactName("core-1.rpm");

    /// A format whose signature is the name of an authority; `forged` is a wrong one.
    private record NameFormat(Map<KeyId, Authority> owners) implements FormatKeyring {
        @Override
        public List<ClaimedSignature> read(Bytes file) {
            return List.of(new NameSignature(new String(file.toArray(), StandardCharsets.UTF_8), owners));
        }
    }

    private record NameSignature(String name, Map<KeyId, Authority> owners) implements ClaimedSignature {
        @Override
        public Set<Measure> measures() {
            return Set.of();
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            for (var owner : owners.entrySet()) {
                if (owner.getValue().name().equals(name)) {
                    return new Verdict.Good(owner.getValue(), owner.getKey(), Optional.empty());
                }
            }
            return new Verdict.Bad(Reason.UNKNOWN_KEY, "no key made it");
        }
    }

    private static List<VerifiedSignature> verified(String... names) {
        var owners = new HashMap<KeyId, Authority>();
        for (String name : Samples.AUTHORITIES) {
            owners.put(new KeyId("%064x".formatted(owners.size() + 1)), new Authority(name));
        }
        var format = new FormatName("name");
        var files = new ArrayList<SignatureFile>();
        for (String name : names) {
            files.add(new SignatureFile(name + ".sig", List.of(format), Samples.bytes(name)));
        }
        var nothing = Measured.of(0, Map.of(), Map.of(), Optional.empty());
        var keyring = new Keyring(Map.of(format, new NameFormat(owners)));
        List<Finding> findings = new Verifier(keyring).read(files).check(nothing, Instant.EPOCH);
        return findings.stream()
                .filter(VerifiedSignature.class::isInstance)
                .map(VerifiedSignature.class::cast)
                .toList();
    }

    @Test
    void acceptedArtifactBearsTheSignaturesThatCount() {
        var accepted = assertInstanceOf(
                Outcome.Accepted.class, POLICY.evaluate(NAME, verified("qa", "dev", "forged", "release")));
        VerifiedArtifact artifact = accepted.artifact();
        assertEquals(NAME, artifact.name());
        assertEquals(VerificationPolicy.COMMAND_LINE, artifact.policy());
        assertEquals(
                List.of("qa.sig", "release.sig"),
                artifact.signatures().stream().map(VerifiedSignature::file).toList());
        assertTrue(accepted.judgement().accepted());
    }

    @Test
    void oneAuthorityTwiceIsOne() {
        var refused = assertInstanceOf(Outcome.Refused.class, POLICY.evaluate(NAME, verified("qa", "qa")));
        assertEquals(
                "artifact \"core-1.rpm\" still needs signatures of security or release",
                refused.judgement().sentence());
    }

    @Test
    void withoutSignaturesItIsRefused() {
        assertInstanceOf(Outcome.Refused.class, POLICY.evaluate(NAME, List.of()));
        assertInstanceOf(Outcome.Refused.class, POLICY.evaluate(NAME, verified("forged", "security")));
    }

    @Test
    void nobodyElseMakesOne() {
        assertTrue(Arrays.stream(VerifiedArtifact.class.getDeclaredConstructors())
                .noneMatch(maker -> Modifier.isPublic(maker.getModifiers())));
    }
}
