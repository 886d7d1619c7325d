// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Signature;
import dev.chancery.hashing.Measured;
import dev.chancery.key.Key;
import java.util.Map;
import java.util.Optional;

/// How signatures of one format are read and checked.
public interface VerifyingFormat {
    FormatDescription description();

    /// Reads the public key files of all authorities. Throws `MalformedException` when one of them is not
    /// right: a keyring is whole or it is nothing.
    FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles);

    /// Whether a public key file that [#keyring] reads holds this key. Cheaper than reading it all: only keys
    /// are looked at.
    boolean publishes(Bytes publicKeyFile, Key key);

    /// Whether this is exactly one signature by this key over this content, and nothing besides: the check that
    /// the enclave makes before it hands a signature out. Never throws for a wrong signature.
    boolean isBy(Key key, Signature signature, Measured content);

    /// Where one file takes the signatures of several authorities, what joins them.
    default Optional<JoiningFormat> joining() {
        return Optional.empty();
    }
}
