// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.Verdict;
import dev.chancery.key.Key;
import dev.chancery.notation.Jws;
import java.util.List;
import java.util.Map;

/// Signatures of notation that refer to an image, whoever put them there.
final class Notations {
    private final Terminal terminal;
    private final Means means;
    private final List<ImageSignature> there;

    Notations(Terminal terminal, Means means, List<ImageSignature> there) {
        this.terminal = terminal;
        this.means = means;
        this.there = there;
    }

    /// Whether one of them is by this key and counts.
    boolean hasOne(Key key, Content manifest) {
        return there.stream().anyMatch(one -> isBy(key, one.file(), manifest));
    }

    /// By the certificates that it bears itself: that the key is this one is what is asked.
    private boolean isBy(Key key, Bytes file, Content manifest) {
        try {
            var certificates = Jws.read(file).certificates().toPem();
            var keyring = means.formats()
                    .get(new FormatName("notation"))
                    .verifying()
                    .keyring(Map.of(key.authority(), certificates));
            return keyring.owners().containsKey(key.id())
                    && keyring.read(file).stream().anyMatch(claimed -> counts(claimed, manifest));
        } catch (MalformedException e) {
            return false;
        }
    }

    private boolean counts(ClaimedSignature claimed, Content manifest) {
        var measured = manifest.measure(terminal, means.hashes(), claimed.measures());
        return claimed.check(measured, terminal.clock().instant()) instanceof Verdict.Good;
    }
}
