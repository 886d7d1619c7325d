// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import java.util.Optional;

/// A handle on a private key, wherever it lives. Only the enclave holds these.
///
/// Handles may be used by several threads at once.
public interface SigningKey {
    Key key();

    /// What the signatures of a format with certificates carry: the key's own certificate first. Kept with the
    /// key, public, and empty where nobody stored any.
    default Optional<CertificateChain> certificates() {
        return Optional.empty();
    }

    /// Performs the private-key operation. Takes microseconds for a key in memory, up to seconds for a token, whose
    /// call into native code pins the thread: to be called on platform threads.
    ///
    /// Throws `UnavailableException` when the provider does not answer (the same call may be retried) and
    /// `IllegalArgumentException` when the kind of [ToBeSigned] does not fit the key's scheme.
    SignatureValue sign(ToBeSigned toBeSigned);
}
