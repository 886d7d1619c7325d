// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

/// A handle on a private key, wherever it lives. Only the enclave holds these.
///
/// Handles may be used by several threads at once.
public interface SigningKey {
    Key key();

    /// Performs the private-key operation. Takes microseconds for a key in memory, up to seconds for a token.
    ///
    /// Throws `UnavailableException` when the provider does not answer (the same call may be retried) and
    /// `IllegalArgumentException` when the kind of [ToBeSigned] does not fit the key's scheme.
    SignatureValue sign(ToBeSigned toBeSigned);
}
