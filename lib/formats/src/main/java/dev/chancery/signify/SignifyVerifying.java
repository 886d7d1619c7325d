// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signify;

import dev.chancery.algorithms.NumberedKey;
import dev.chancery.algorithms.NumberedKeys;
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
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.ToBeSigned;
import java.util.Map;

/// Reads and checks signify's signatures.
public final class SignifyVerifying implements VerifyingFormat {
    private final SignatureCheck checks;

    public SignifyVerifying(SignatureCheck checks) {
        this.checks = checks;
    }

    @Override
    public FormatDescription description() {
        return SignifyFormat.DESCRIPTION;
    }

    @Override
    public FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles) {
        return new SignifyKeyring(new NumberedKeys(description().name(), publicKeyFiles), checks);
    }

    @Override
    public boolean publishes(Bytes publicKeyFile, Key key) {
        var wanted = NumberedKey.of(key.publicKey());
        return NumberedKey.read(description().name(), key.authority(), publicKeyFile).stream()
                .anyMatch(wanted::is);
    }

    @Override
    public boolean isBy(Key key, Signature signature, Measured content) {
        if (!signature.format().equals(description().name()) || signature.encoding() != Encoding.ARMOR) {
            return false;
        }
        try {
            return isBy(NumberedKey.of(key.publicKey()), SignifySignature.parse(signature.bytes()), content);
        } catch (MalformedException e) {
            return false;
        }
    }

    private boolean isBy(NumberedKey key, SignifySignature signature, Measured content) {
        return signature.keyNumber().equals(key.number())
                && content.has(Measure.content())
                && checks.holds(key.key(), new ToBeSigned.OfMessage(content.content()), signature.value());
    }
}
