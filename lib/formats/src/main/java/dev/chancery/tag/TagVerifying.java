// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

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
import java.util.Map;

/// Reads and checks the signatures of tags.
public final class TagVerifying implements VerifyingFormat {
    private final SignatureCheck checks;

    public TagVerifying(SignatureCheck checks) {
        this.checks = checks;
    }

    @Override
    public FormatDescription description() {
        return TagFormat.DESCRIPTION;
    }

    @Override
    public FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles) {
        return new TagKeyring(TagKeys.owners(publicKeyFiles), checks);
    }

    @Override
    public boolean publishes(Bytes publicKeyFile, Key key) {
        return TagKeys.read(key.authority(), publicKeyFile).contains(key.publicKey());
    }

    /// The block has to be written as we write it, and the content to be a payload that says its name.
    @Override
    public boolean isBy(Key key, Signature signature, Measured content) {
        if (!signature.format().equals(description().name()) || signature.encoding() != Encoding.ARMOR) {
            return false;
        }
        try {
            var block = SignatureBlock.parse(signature.bytes());
            return SignatureBlock.of(key.authority(), block.value()).bytes().equals(signature.bytes())
                    && content.has(Measure.content())
                    && TagPayload.parse(content.content()).name().isPresent()
                    && checks.holds(key.publicKey(), TagFormat.toBeSigned(content.content()), block.value());
        } catch (MalformedException e) {
            return false;
        }
    }
}
