// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

/// Some bytes with a name and a size. The bytes may never reach us; what is known of them travels beside.
public record Artifact(ArtifactName name, long size) {
    /// Bytes: 2^53, so that every size is exact in JSON; 9 PB is more than any artifact.
    public static final long SIZE_BYTES_MAX = 1L << 53;

    public Artifact {
        if (size < 0 || size > SIZE_BYTES_MAX) {
            throw new MalformedException("artifact size %d is not 0 to %d bytes".formatted(size, SIZE_BYTES_MAX));
        }
    }
}
