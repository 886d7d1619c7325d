// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import dev.chancery.core.Bytes;

/// One Ed25519 key pair (RFC 8032), as some library computes with it: the JDK's signs and verifies a hundred times
/// slower than others, which a log feels that signs a checkpoint before each answer. For any number of threads.
public interface NoteKey {
    /// The 32 bytes of RFC 8032.
    Bytes publicKey();

    /// The 64 bytes of RFC 8032, section 5.1.6.
    byte[] sign(byte[] message);

    /// Whether the public key verifies these 64 bytes (section 5.1.7).
    boolean verifies(byte[] message, byte[] signature);
}
