// SPDX-License-Identifier: Apache-2.0
package dev.chancery.statement;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.bundle.Bundle;
import dev.chancery.bundle.Envelope;
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
import java.util.Map;

/// Reads and checks signed statements.
public final class StatementVerifying implements VerifyingFormat {
    private final SignatureCheck checks;

    public StatementVerifying(SignatureCheck checks) {
        this.checks = checks;
    }

    @Override
    public FormatDescription description() {
        return StatementFormat.DESCRIPTION;
    }

    @Override
    public FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles) {
        return new StatementKeyring(PublicKeyPem.owners(publicKeyFiles), this::holds);
    }

    @Override
    public boolean publishes(Bytes publicKeyFile, Key key) {
        return PublicKeyPem.read(key.authority(), publicKeyFile).contains(key.publicKey());
    }

    /// Whether it is our writing of this statement, signed by this key, and nothing else.
    @Override
    public boolean isBy(Key key, Signature signature, Measured content) {
        if (!signature.format().equals(description().name())
                || signature.encoding() != Encoding.ARMOR
                || !content.has(Measure.content())) {
            return false;
        }
        try {
            var envelope = Bundle.read(signature.bytes()).map(Bundle::content);
            var statement = Statement.read(content.content()).write();
            return envelope.isPresent()
                    && envelope.get() instanceof Envelope signed
                    && StatementFormat.bundle(key.publicKey(), statement, signed.signature())
                            .write()
                            .equals(signature.bytes())
                    && holds(key.publicKey(), signed);
        } catch (MalformedException e) {
            return false;
        }
    }

    private boolean holds(PublicKey key, Envelope envelope) {
        return checks.holds(key, StatementFormat.toBeSigned(key.scheme(), envelope.signed()), envelope.signature());
    }
}
