// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.verification;

/// The innocent maker.
final class Verifier {

    private Verifier() {}

    static VerifiedSignature innocent() {
        return new VerifiedSignature("innocent");
    }
}
