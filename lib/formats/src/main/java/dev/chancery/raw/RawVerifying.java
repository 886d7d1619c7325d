// SPDX-License-Identifier: Apache-2.0
package dev.chancery.raw;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.VerifyingFormat;
import dev.chancery.hashing.Measured;
import dev.chancery.key.Key;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SignatureValue;
import java.util.Map;

/// Reads and checks raw signatures.
public final class RawVerifying implements VerifyingFormat {
    private final SignatureCheck checks;

    public RawVerifying(SignatureCheck checks) {
        this.checks = checks;
    }

    @Override
    public FormatDescription description() {
        return RawFormat.DESCRIPTION;
    }

    @Override
    public FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles) {
        return new RawKeyring(PublicKeyPem.owners(publicKeyFiles), this::holds);
    }

    @Override
    public boolean publishes(Bytes publicKeyFile, Key key) {
        return PublicKeyPem.read(key.authority(), publicKeyFile).contains(key.publicKey());
    }

    @Override
    public boolean isBy(Key key, Signature signature, Measured content) {
        return signature.format().equals(description().name())
                && signature.encoding() == Encoding.BINARY
                && holds(key.publicKey(), content, signature.bytes());
    }

    private boolean holds(PublicKey key, Measured content, Bytes signature) {
        return content.has(RawFormat.measure(key.scheme()))
                && checks.holds(key, RawFormat.toBeSigned(key.scheme(), content), new SignatureValue(signature));
    }
}
