// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.key.KeyId;
import java.util.List;
import java.util.Map;

/// All public keys that a keyring has for one format.
public interface FormatKeyring {
    /// Every key that may sign artifacts, and whose it is.
    Map<KeyId, Authority> owners();

    /// Reads a signature file. Throws `MalformedException` when it is not one of this format.
    List<ClaimedSignature> read(Bytes signatureFile);
}
