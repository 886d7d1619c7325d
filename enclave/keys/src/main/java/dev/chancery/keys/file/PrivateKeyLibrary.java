// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import dev.chancery.keys.handle.SecretBytes;

/// A library that performs private-key operations. The wiring of each process chooses one: see the package comment.
public interface PrivateKeyLibrary {
    /// Loads a private key (PKCS #8 in the form of [PrivateKeyInfo]) whose public half has been checked.
    ///
    /// The library keeps what it needs in copies of its own; the caller closes `pkcs8`. Throws
    /// `UnavailableException` when the library does not take such a key.
    Operation load(PublicKey publicKey, SecretBytes pkcs8);

    /// The private-key operation of one loaded key. May be used by several threads at once.
    @FunctionalInterface
    interface Operation {
        /// Throws `IllegalArgumentException` when the kind of what is to be signed does not fit the key's scheme.
        SignatureValue sign(ToBeSigned toBeSigned);

        /// What ECDSA and RSA sign.
        static Digest digest(ToBeSigned toBeSigned) {
            if (toBeSigned instanceof ToBeSigned.OfDigest(var digest)) {
                return digest;
            }
            throw new IllegalArgumentException("this key signs a digest, not a message");
        }

        /// What Ed25519 signs.
        static Bytes message(ToBeSigned toBeSigned) {
            if (toBeSigned instanceof ToBeSigned.OfMessage(var message)) {
                return message;
            }
            throw new IllegalArgumentException("this key signs a message, not a digest");
        }
    }
}
