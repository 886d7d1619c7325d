// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.verification;

import java.util.function.Function;

/// Makes verified signatures without verifying.
final class Forger {

    private Forger() {}

    static VerifiedSignature direct() {
        return new VerifiedSignature("forged");
    }

    static Function<String, VerifiedSignature> reference() {
        return VerifiedSignature::new;
    }
}
