// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;

/// The generations of keys and signatures that are known here. A key makes signatures of its own version and
/// of no other (RFC 9580, section 5.2.3), so a format reads one of them.
public enum PacketVersion {
    /// Without a salt: RFC 4880, and RFC 9580.
    V4(4),
    /// With a salt before the content: RFC 9580.
    V6(6);

    private final int number;

    PacketVersion(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    boolean isOf(PGPSignature signature) {
        return signature.getVersion() == number;
    }

    /// Whether a key is of this version and of an algorithm that the version knows: EdDSALegacy is for
    /// version 4 alone (section 9.1).
    boolean isOf(PGPPublicKey key) {
        return key.getVersion() == number && (this == V4 || key.getAlgorithm() != PublicKeyAlgorithmTags.EDDSA_LEGACY);
    }
}
