// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import dev.chancery.core.Predicate;
import dev.chancery.policy.Requirement;
import dev.chancery.policy.VerificationPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Asks whether jenkins-prd has stated something.
final class Stated {
    private Stated() {}

    static FileVerifier.Answer job(Desk desk, String number) {
        return ask(desk, desk.artifact, Predicate.PARAMETERS, Map.of("/job", number));
    }

    static FileVerifier.Answer ask(Desk desk, Path artifact, String predicateType, Map<String, String> values) {
        var requirement = Requirement.parse("jenkins-prd").stating(predicateType, new TreeMap<>(values));
        var policy = VerificationPolicy.requiring(List.of(requirement));
        return new FileVerifier(desk.keyring).verify(artifact, policy, Desk.NOW);
    }
}
