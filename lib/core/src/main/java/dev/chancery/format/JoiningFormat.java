// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.Signature;

/// Several authorities' signatures in one file. Joining uses no key and asks nobody: it is the client's work.
public interface JoiningFormat {
    /// Whether files in this encoding can take more than one signature.
    boolean joins(Encoding encoding);

    /// The file with one more signature in it. The signatures that were there stay as they are, byte for byte.
    ///
    /// Throws `RefusedException` (rule `signer-exists`) when the same key has signed there already, unless
    /// `replace` says that the new signature takes the place of the old one; `MalformedException` when the file
    /// is not one of this format, is full, or says that it is over other content.
    Bytes join(Bytes file, Signature added, boolean replace);
}
