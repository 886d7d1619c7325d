// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import dev.chancery.core.Bytes;
import java.util.Optional;

/// A signature that refers to an image, as it lies in a file.
///
/// @param receipt the log's, in the form of C2SP `tlog-proof`, where there is one
record ImageSignature(Bytes file, Optional<Bytes> receipt) {}
