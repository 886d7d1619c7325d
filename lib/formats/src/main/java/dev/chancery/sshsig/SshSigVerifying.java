// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.VerifyingFormat;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.Key;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureCheck;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads and checks SSH signatures.
public final class SshSigVerifying implements VerifyingFormat {
    private final SignatureCheck checks;

    public SshSigVerifying(SignatureCheck checks) {
        this.checks = checks;
    }

    @Override
    public FormatDescription description() {
        return SshSigFormat.DESCRIPTION;
    }

    @Override
    public FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles) {
        var owners = new LinkedHashMap<Bytes, SshSigKeyring.Owner>();
        publicKeyFiles.forEach((authority, file) -> {
            for (AllowedSigner signer : AllowedSigners.read(authority, file)) {
                var other = owners.putIfAbsent(signer.blob(), new SshSigKeyring.Owner(authority, signer));
                if (other != null) {
                    throw new MalformedException("sshsig public key %s stands twice, for %s and for %s"
                            .formatted(SshPublicKey.fingerprint(signer.blob()), other.authority(), authority));
                }
            }
        });
        return new SshSigKeyring(owners, this::holds);
    }

    @Override
    public boolean publishes(Bytes publicKeyFile, Key key) {
        for (AllowedSigner signer : AllowedSigners.read(key.authority(), publicKeyFile)) {
            if (signer.key().equals(key.publicKey())) {
                return signer.allows(SshSigFormat.namespace(key).text());
            }
        }
        return false;
    }

    /// Also in what verification passes over, it has to be what we make: the hash, the empty field.
    @Override
    public boolean isBy(Key key, Signature signature, Measured content) {
        if (!signature.format().equals(description().name()) || signature.encoding() != Encoding.ARMOR) {
            return false;
        }
        try {
            var read = SshSignature.read(signature.bytes());
            return read.version() == SshSigFormat.VERSION
                    && read.namespace().equals(SshSigFormat.namespace(key).text())
                    && read.reserved().length() == 0
                    && read.hashAlgorithm().equals(SshSigFormat.HASH.label())
                    && SshPublicKey.read(read.publicKey()).equals(key.publicKey())
                    && read.value(key.publicKey().scheme())
                            .map(value -> holds(key.publicKey(), read, value, content))
                            .orElse(false);
        } catch (MalformedException e) {
            return false;
        }
    }

    /// Whether the value is the key's over what the signature says that it is over.
    private boolean holds(PublicKey key, SshSignature signature, SshSignature.Value value, Measured content) {
        var hash = signature.hash();
        if (hash.isEmpty() || !content.has(Measure.digest(hash.get()))) {
            return false;
        }
        var frame = signature.signed(content.digest(hash.get()));
        return checks.holds(key, value.toBeSigned(frame), value.value());
    }
}
