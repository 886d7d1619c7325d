// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sigstore;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.bundle.Bundle;
import dev.chancery.bundle.MessageSignature;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.VerifyingFormat;
import dev.chancery.hashing.Measured;
import dev.chancery.key.Key;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.ToBeSigned;
import java.util.Map;
import java.util.NoSuchElementException;

/// Reads and checks bundles.
public final class SigstoreVerifying implements VerifyingFormat {
    private final SignatureCheck checks;

    public SigstoreVerifying(SignatureCheck checks) {
        this.checks = checks;
    }

    @Override
    public FormatDescription description() {
        return SigstoreFormat.DESCRIPTION;
    }

    @Override
    public FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles) {
        var owners = PublicKeyPem.owners(publicKeyFiles);
        owners.forEach((key, authority) -> {
            if (!key.scheme().signsDigest()) {
                throw new MalformedException(
                        "public key file of %s has an Ed25519 key, which signs no digest".formatted(authority));
            }
        });
        return new SigstoreKeyring(owners, this::holds);
    }

    @Override
    public boolean publishes(Bytes publicKeyFile, Key key) {
        return PublicKeyPem.read(key.authority(), publicKeyFile).contains(key.publicKey());
    }

    /// What a signer wrote is exactly what we write, so that nothing travels beside the signature.
    @Override
    public boolean isBy(Key key, Signature signature, Measured content) {
        if (!signature.format().equals(description().name())
                || signature.encoding() != Encoding.ARMOR
                || !content.has(SigstoreFormat.MEASURE)) {
            return false;
        }
        try {
            return Bundle.read(signature.bytes()).orElseThrow().content() instanceof MessageSignature signed
                    && SigstoreFormat.bundle(key.publicKey(), content, signed.signature())
                            .write()
                            .equals(signature.bytes())
                    && holds(key.publicKey(), signed);
        } catch (MalformedException | NoSuchElementException e) {
            return false;
        }
    }

    private boolean holds(PublicKey key, MessageSignature signed) {
        return key.scheme().signsDigest()
                && checks.holds(key, new ToBeSigned.OfDigest(signed.digest()), signed.signature());
    }
}
