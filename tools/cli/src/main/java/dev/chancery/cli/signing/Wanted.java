// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.core.Encoding;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import dev.chancery.protocol.SigningRequest;
import java.util.Set;

/// One signature that is wanted of each content.
public record Wanted(SigningRequest.Target target, Key key, Formats.Format format, Encoding encoding) {
    /// [Salt#NONE] in a format without a salt.
    public Set<Measure> measures(Salt salt) {
        return format.signing().measures(key.publicKey().scheme(), encoding, salt);
    }

    public boolean isSalted() {
        return format.signing().saltBytes() > 0;
    }

    /// A format that signs the content itself takes little of it.
    boolean wantsContent() {
        return measures(Salt.NONE).contains(Measure.content());
    }
}
