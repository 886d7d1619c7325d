// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.MalformedException;

/// What a private key is asked to sign: built by a format, never by a requester.
public sealed interface ToBeSigned {
    /// A finished digest, for RSA (inside PKCS #1 v1.5 `DigestInfo`) and ECDSA.
    record OfDigest(Digest digest) implements ToBeSigned {}

    /// A whole message, for Ed25519.
    record OfMessage(Bytes message) implements ToBeSigned {
        /// Bytes: the message is held in memory and travels whole; meant for checksum files.
        public static final int BYTES_MAX = 1 << 20;

        public OfMessage {
            if (message.length() > BYTES_MAX) {
                throw new MalformedException(
                        "message to sign has %d bytes, more than %d".formatted(message.length(), BYTES_MAX));
            }
        }
    }
}
