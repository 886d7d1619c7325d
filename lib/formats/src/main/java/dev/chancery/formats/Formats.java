// SPDX-License-Identifier: Apache-2.0
package dev.chancery.formats;

import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.cms.CmsSigning;
import dev.chancery.cms.CmsVerifying;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.SigningFormat;
import dev.chancery.format.VerifyingFormat;
import dev.chancery.hashing.Hashes;
import dev.chancery.key.SignatureCheck;
import dev.chancery.minisign.MinisignSigning;
import dev.chancery.minisign.MinisignVerifying;
import dev.chancery.notation.NotationSigning;
import dev.chancery.notation.NotationVerifying;
import dev.chancery.openpgp.OpenPgpSigning;
import dev.chancery.openpgp.OpenPgpVerifying;
import dev.chancery.openpgp6.OpenPgp6Signing;
import dev.chancery.openpgp6.OpenPgp6Verifying;
import dev.chancery.raw.RawSigning;
import dev.chancery.raw.RawVerifying;
import dev.chancery.signify.SignifySigning;
import dev.chancery.signify.SignifyVerifying;
import dev.chancery.sigstore.SigstoreSigning;
import dev.chancery.sigstore.SigstoreVerifying;
import dev.chancery.sshsig.SshSigSigning;
import dev.chancery.sshsig.SshSigVerifying;
import dev.chancery.statement.StatementSigning;
import dev.chancery.statement.StatementVerifying;
import dev.chancery.tag.TagSigning;
import dev.chancery.tag.TagVerifying;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every format there is: the one place that names them. A new format adds its line to [#all(Hashes,
/// SignatureCheck)].
public final class Formats {
    /// A format's two halves.
    public record Format(SigningFormat signing, VerifyingFormat verifying) {
        public FormatDescription description() {
            return signing.description();
        }
    }

    private final Map<FormatName, Format> formats = new LinkedHashMap<>();

    private Formats(List<Format> formats) {
        formats.forEach(format -> this.formats.put(format.description().name(), format));
    }

    public static Formats all(Hashes hashes) {
        return all(hashes, new SignatureChecks());
    }

    public static Formats all(Hashes hashes, SignatureCheck checks) {
        return new Formats(List.of(
                new Format(new OpenPgpSigning(hashes), new OpenPgpVerifying(hashes, checks)),
                new Format(new OpenPgp6Signing(hashes), new OpenPgp6Verifying(hashes, checks)),
                new Format(new RawSigning(), new RawVerifying(checks)),
                new Format(new SigstoreSigning(), new SigstoreVerifying(checks)),
                new Format(new MinisignSigning(), new MinisignVerifying(checks)),
                new Format(new SignifySigning(), new SignifyVerifying(checks)),
                new Format(new SshSigSigning(), new SshSigVerifying(checks)),
                new Format(new CmsSigning(checks), new CmsVerifying(checks)),
                new Format(new NotationSigning(checks), new NotationVerifying(checks)),
                new Format(new StatementSigning(), new StatementVerifying(checks)),
                new Format(new TagSigning(), new TagVerifying(checks))));
    }

    public List<Format> list() {
        return List.copyOf(formats.values());
    }

    public Format get(FormatName name) {
        Format format = formats.get(name);
        if (format == null) {
            throw MalformedException.value(
                    "format",
                    name.text(),
                    "is not known; known are "
                            + String.join(
                                    ", ",
                                    formats.keySet().stream()
                                            .map(FormatName::text)
                                            .toList()));
        }
        return format;
    }
}
