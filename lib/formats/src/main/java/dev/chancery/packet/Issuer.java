// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPSignature;

/// The key that a signature names as its maker: by fingerprint where it has one, else by its key ID.
final class Issuer {
    private Issuer() {}

    static Optional<KeyIdentifier> of(PGPSignature signature) {
        var named = signature.getKeyIdentifiers().stream()
                .filter(identifier -> !identifier.isWildcard())
                .toList();
        return named.stream()
                .filter(identifier -> identifier.getFingerprint() != null)
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    /// Upper-case hex, as people and tools write it.
    static String text(KeyIdentifier identifier) {
        byte[] fingerprint = identifier.getFingerprint();
        var hex = HexFormat.of().withUpperCase();
        return fingerprint == null ? hex.toHexDigits(identifier.getKeyId()) : hex.formatHex(fingerprint);
    }
}
