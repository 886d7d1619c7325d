// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

/// Checks one signature value against one public key: the verifying half of the algorithms.
@FunctionalInterface
public interface SignatureCheck {
    /// Whether the signature is exactly right. Never throws for wrong bytes: what is not right is `false`.
    boolean holds(PublicKey key, ToBeSigned toBeSigned, SignatureValue signature);
}
