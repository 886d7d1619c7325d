// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import dev.chancery.core.Bytes;

/// What a private key answers: 64 bytes for Ed25519 (RFC 8032), a DER `Ecdsa-Sig-Value` (RFC 3279) for ECDSA,
/// a block as long as the modulus for RSA (RFC 8017). No format has framed it yet.
public record SignatureValue(Bytes bytes) {
    public static SignatureValue of(byte[] array) {
        return new SignatureValue(Bytes.of(array));
    }
}
