// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import java.util.Arrays;

/// Bytes that nobody else may see: a private key, a passphrase, a derived key.
///
/// Closing overwrites the array. That is all the JVM allows: a garbage collector may have moved the array
/// and left a copy, and libraries make copies of their own. The enclave's process is therefore non-dumpable
/// as well.
public final class SecretBytes implements AutoCloseable {
    private final byte[] array;
    private boolean closed;

    private SecretBytes(byte[] array) {
        this.array = array;
    }

    /// Takes the array itself, not a copy: the caller leaves it alone from here on.
    public static SecretBytes owning(byte[] array) {
        return new SecretBytes(array);
    }

    /// The array itself, not a copy. Every use of a secret in the code is a use of this word.
    public byte[] exposed() {
        if (closed) {
            throw new IllegalStateException("the secret is closed");
        }
        return array;
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(array, (byte) 0);
    }

    /// Never the content.
    @Override
    public String toString() {
        return "SecretBytes(" + array.length + " bytes)";
    }
}
