// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.RefusedException;
import java.util.Optional;

/// What to do about a refusal, by the rule that refused.
final class Hints {
    private Hints() {}

    static Optional<String> of(ChanceryException error) {
        return error instanceof RefusedException refused ? ofRule(refused.rule()) : Optional.empty();
    }

    private static Optional<String> ofRule(String rule) {
        if (rule.startsWith("signing-rule:")) {
            return Optional.of("rules.json in the office's directory says what each requester may have signed");
        }
        return switch (rule) {
            case "no-signing-rule" ->
                Optional.of("'chancery authority list' shows the authorities, rules.json who may ask them");
            case "no-key" ->
                Optional.of("'chancery authority list' shows the keys there are;"
                        + " 'chancery authority add NAME --format FORMAT' makes one");
            case "key-choice" -> Optional.of("name the key with --key");
            case "key-certificate" -> Optional.of("'chancery certificate show AUTHORITY' shows what is there");
            case "key-pin" ->
                Optional.of("tokens lock after some wrong PINs: mend what --pin of 'provider add' names first");
            case "vault-login" ->
                Optional.of("--login of 'provider add' says where token or secret ID come from;"
                        + " they may be over, or for another namespace or role");
            case "vault-denied" -> Optional.of("docs/key-providers.md has the policy that a token needs");
            case "vault-tls" -> Optional.of("--ca of 'provider add' names the certificates to trust");
            case "vault-version" ->
                Optional.of("lower the minimum version of the key in Vault, or make a new key:"
                        + " a version that is trimmed never returns");
            case "key-expired" -> Optional.of("'chancery authority add' makes a new key");
            default -> Optional.empty();
        };
    }
}
