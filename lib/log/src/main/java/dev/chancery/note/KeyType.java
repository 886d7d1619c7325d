// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

/// The signature types of C2SP `signed-note` that are checked here.
public enum KeyType {
    /// A signature over the text.
    ED25519(0x01),
    /// A signature over a time and the text (C2SP `tlog-cosignature`).
    ED25519_COSIGNATURE(0x04);

    private final int code;

    KeyType(int code) {
        this.code = code;
    }

    /// The byte before the public key.
    int code() {
        return code;
    }
}
