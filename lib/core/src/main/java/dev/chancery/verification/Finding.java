// SPDX-License-Identifier: Apache-2.0
package dev.chancery.verification;

/// What was found out about one signature.
public sealed interface Finding permits VerifiedSignature, RejectedSignature {
    /// The file that the signature was read from.
    String file();
}
