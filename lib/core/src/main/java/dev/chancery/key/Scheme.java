// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

/// A family of signature algorithms that a public key may belong to.
public enum Scheme {
    /// Pure Ed25519 (RFC 8032, section 5.1).
    ED25519,
    /// ECDSA over NIST P-256 (FIPS 186-5).
    ECDSA_P256,
    /// ECDSA over NIST P-384 (FIPS 186-5).
    ECDSA_P384,
    /// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2).
    RSA;

    /// Whether the private key takes a finished digest; Ed25519 takes the message.
    public boolean signsDigest() {
        return this != ED25519;
    }
}
