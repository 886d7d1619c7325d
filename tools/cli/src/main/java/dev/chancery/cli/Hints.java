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
            case "key-expired" -> Optional.of("'chancery authority add' makes a new key");
            default -> Optional.empty();
        };
    }
}
