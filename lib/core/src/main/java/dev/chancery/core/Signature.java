// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

/// An authority's signature over one artifact in one format, as it stands in a file.
///
/// It is a claim until `dev.chancery.verification.Verifier` has checked it.
public record Signature(FormatName format, Encoding encoding, Bytes bytes) {
    /// Bytes of a detached signature file: hundreds of signatures in one file, and nothing that fills a memory.
    public static final int BYTES_MAX = 1 << 20;
}
