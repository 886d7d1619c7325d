// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.core.Encoding;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Measure;
import dev.chancery.key.Key;
import dev.chancery.protocol.SigningRequest;
import java.util.Set;

/// One signature that is wanted of each content.
record Wanted(SigningRequest.Target target, Key key, Formats.Format format, Encoding encoding) {
    Set<Measure> measures() {
        return format.signing().measures(key.publicKey().scheme(), encoding);
    }

    /// A format that signs the content itself takes little of it.
    boolean wantsContent() {
        return measures().contains(Measure.content());
    }
}
