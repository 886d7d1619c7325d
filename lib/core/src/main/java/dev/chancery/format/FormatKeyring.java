// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.key.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All public keys that a keyring has for one format.
public interface FormatKeyring {
    /// Every key that may sign artifacts, and whose it is.
    Map<KeyId, Authority> owners();

    /// Why one of these keys could not sign at a time, in words that continue "qa's key "; empty when it could,
    /// and in formats whose public key files say nothing of it.
    default Optional<String> fault(KeyId key, Instant at) {
        return Optional.empty();
    }

    /// Reads a signature file. Throws `MalformedException` when it is not one of this format.
    List<ClaimedSignature> read(Bytes signatureFile);
}
