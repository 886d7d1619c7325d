// SPDX-License-Identifier: Apache-2.0
package dev.chancery.verification;

import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import java.util.List;

/// A file that claims to hold signatures: its name for messages, and the formats that its name allows.
public record SignatureFile(String name, List<FormatName> formats, Bytes bytes) {
    public SignatureFile {
        if (bytes.length() > Signature.BYTES_MAX) {
            throw new MalformedException(
                    "signature file has %d bytes, more than %d".formatted(bytes.length(), Signature.BYTES_MAX));
        }
        formats = List.copyOf(formats);
    }
}
