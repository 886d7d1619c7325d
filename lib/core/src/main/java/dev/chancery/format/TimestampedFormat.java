// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Signature;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.SignatureValue;
import java.util.Map;

/// A format whose signatures can bear the token of a timestamp service (RFC 3161). Asking the service is the
/// client's work, and nothing that needs a key.
public interface TimestampedFormat extends VerifyingFormat {
    /// As [#keyring(Map)], and timestamps are judged by the certificates of the services that are trusted: each
    /// is that of a service, or of a certificate authority above some.
    FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles, CertificateChain services);

    /// What a timestamp is over: the value of the only signature in the file. Throws `MalformedException` when
    /// the file is not one of this format with one signature.
    SignatureValue stamped(Signature signature);

    /// The same file with a token at its only signature, which stays as it is, byte for byte. Throws
    /// `MalformedException` as [#stamped] does, and when the signature has a token already.
    Signature stamp(Signature signature, Bytes token);
}
